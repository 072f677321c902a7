"""Trains ModelClass on folders of images.

    python train.py DATA --out runs/first             on what Keras's backend finds: one GPU, or the CPU
    python train.py DATA --out runs/first --evaluate  accuracy of what was trained, nothing else
    python train.py --smoke --out runs/smoke          one step on random images: does everything run?

After every epoch the state goes to OUT/checkpoint.keras, and the best model so far to OUT/best.keras. Interrupted? The same
command goes on from the last checkpoint. Set KERAS_BACKEND to jax, torch or tensorflow, whichever is installed.
"""

import argparse
import json
import math
import os
from pathlib import Path

import keras

import data
import model


def read_options(arguments=None):
    parser = argparse.ArgumentParser(description="Trains ModelClass on folders of images.")
    parser.add_argument("data", nargs="?", help="folder with train and val, see data.py")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--epochs", type=int, default=150)
    parser.add_argument("--batch", type=int, default=128, help="images a step")
    parser.add_argument("--lr", type=float, default=2e-3, help="highest learning rate (AdamW, cosine)")
    parser.add_argument("--warmup", type=float, default=5, help="epochs of rising learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--label-smoothing", type=float, default=0.1)
    parser.add_argument("--smallest-crop", type=float, default=0.25, help="least share of an image's area that a crop keeps")
    parser.add_argument("--no-flip", action="store_true", help="where a mirror image means something else")
    parser.add_argument("--jitter", type=float, default=0.2, help="change of brightness and contrast")
    parser.add_argument("--amp", action="store_true", help="mixed precision: float16 with float32 weights, for GPUs")
    parser.add_argument("--weights", help="model or weights to begin with (.keras, .weights.h5)")
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1), help="threads that read images")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--evaluate", action="store_true", help="only measure the accuracy of OUT/best.keras")
    parser.add_argument("--smoke", action="store_true", help="one step on random images")
    options = parser.parse_args(arguments)
    if options.smoke:
        options.epochs, options.batch = 1, 2
    elif options.data is None:
        parser.error("DATA is missing: a folder with train and val")
    return options


def schedule(steps, options):
    """Learning rate of every step: rises in a line, then falls as half a cosine. `steps` are those of an epoch."""
    warmup = math.ceil(options.warmup * steps) if options.epochs > options.warmup else 0
    rest = max(1, options.epochs * steps - warmup)
    if warmup == 0:
        return keras.optimizers.schedules.CosineDecay(options.lr, rest)
    return keras.optimizers.schedules.CosineDecay(options.lr / warmup, rest, warmup_target=options.lr, warmup_steps=warmup)


def build(classes, steps, options):
    """The network with random weights, ready to be trained."""
    if options.amp:
        keras.mixed_precision.set_global_policy("mixed_float16")
    network = model.build_model(classes)
    optimizer = keras.optimizers.AdamW(schedule(steps, options), weight_decay=options.weight_decay)
    # Filters and matrices decay; biases and batch-norm do not.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=options.label_smoothing)
    network.compile(optimizer, loss, metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")])
    return network


class Checkpoints(keras.callbacks.Callback):
    """Begins every epoch of the images, and keeps the state and the best model after it."""

    def __init__(self, train, out, best):
        super().__init__()
        self.train, self.out, self.best = train, out, best

    def on_epoch_begin(self, epoch, logs=None):
        self.train.begin_epoch(epoch)

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_accuracy"] > self.best or not (self.out / "best.keras").exists():
            self.best = logs["val_accuracy"]
            self.save("best")
        self.save("checkpoint")
        (self.out / "state.json").write_text(json.dumps({"epoch": epoch + 1, "best": self.best}), encoding="utf-8")

    def save(self, name):
        """Replaces the file in one step, so that an interruption leaves the old one."""
        partial = self.out / f"{name}.partial.keras"
        self.model.save(partial)
        os.replace(partial, self.out / f"{name}.keras")


def resume(classes, out):
    """The last checkpoint, its number of epochs and the best accuracy so far; None where there is none."""
    if not (out / "state.json").exists():
        return None
    if json.loads((out / "classes.json").read_text(encoding="utf-8")) != classes:
        raise SystemExit(f"{out}: was trained on other classes. Choose another --out.")
    state = json.loads((out / "state.json").read_text(encoding="utf-8"))
    return keras.models.load_model(out / "checkpoint.keras"), state["epoch"], state["best"]


def main(arguments=None):
    options = read_options(arguments)
    keras.utils.set_random_seed(options.seed)
    train, validation, classes = data.random_images(options) if options.smoke else data.read_images(options.data, options)
    if options.evaluate:
        network = keras.models.load_model(options.out / "best.keras")
        print(f"{100 * network.evaluate(validation, return_dict=True, verbose=0)['accuracy']:.2f} % of the validation images right")
        return
    options.out.mkdir(parents=True, exist_ok=True)
    network, epoch, best = resume(classes, options.out) or (build(len(classes), len(train), options), 0, 0.0)
    if epoch == 0 and options.weights:
        # A classifier of other classes stays as it is.
        network.load_weights(options.weights, skip_mismatch=True)
    (options.out / "classes.json").write_text(json.dumps(classes), encoding="utf-8")
    parameters = sum(math.prod(weight.shape) for weight in network.trainable_weights)
    print(f"{parameters:,} parameters; {len(classes)} classes; {keras.backend.backend()}; epochs {epoch} to {options.epochs}", flush=True)
    checkpoints = Checkpoints(train, options.out, best)
    # The data sets shuffle themselves.
    network.fit(train, validation_data=validation, epochs=options.epochs, initial_epoch=epoch, callbacks=[checkpoints], shuffle=False, verbose=2)
    print(f"Done: {options.out / 'best.keras'}, {100 * checkpoints.best:.2f} %. Next: python export.py {options.out / 'best.keras'}")


if __name__ == "__main__":
    main()
