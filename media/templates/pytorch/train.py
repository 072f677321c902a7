"""Trains ModelClass on folders of images.

    python train.py DATA --out runs/first             one GPU where there is one, else the CPU
    python train.py DATA --out runs/first --evaluate  accuracy of what was trained, nothing else
    python train.py --smoke --out runs/smoke          one step on random images: does everything run?

After every epoch the state goes to OUT/checkpoint.pt, and the best weights so far to OUT/best.pt. Interrupted? The same
command goes on from the last checkpoint.
"""

import argparse
import math
import os
import time
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader

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
    parser.add_argument("--jitter", type=float, default=0.2, help="change of brightness, contrast and saturation")
    parser.add_argument("--amp", action="store_true", help="mixed precision: float16 on a GPU, bfloat16 on a CPU")
    parser.add_argument("--weights", help="state dict to begin with (.pt or .safetensors), for example exported by FOX-NAS")
    parser.add_argument("--device", help="for example cuda, cuda:1, mps or cpu")
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1), help="processes that read images")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--evaluate", action="store_true", help="only measure the accuracy of OUT/best.pt")
    parser.add_argument("--smoke", action="store_true", help="one step on random images")
    options = parser.parse_args(arguments)
    if options.smoke:
        options.epochs, options.batch, options.workers = 1, 2, 0
    elif options.data is None:
        parser.error("DATA is missing: a folder with train and val")
    return options


def decay_groups(network, weight_decay):
    """Filters and matrices decay; biases and batch-norm do not."""
    decays = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() <= 1]
    return [{"params": decays, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


def learning_rate(epoch, options):
    """Rises in a line, then falls as half a cosine; `epoch` has a fraction."""
    if epoch < options.warmup:
        return options.lr * epoch / options.warmup
    done = (epoch - options.warmup) / max(1e-9, options.epochs - options.warmup)
    return options.lr * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def read_weights(path):
    """A state dict, from a file of safetensors or of torch.save."""
    if str(path).endswith(".safetensors"):
        from safetensors.torch import load_file

        return load_file(path)
    saved = torch.load(path, map_location="cpu")
    return saved.get("network", saved)


class Trainer:
    """Network, optimizer and number of finished epochs, in memory and on the disk."""

    def __init__(self, classes, options):
        self.options, self.classes = options, classes
        self.device = torch.device(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.manual_seed(options.seed)
        self.network = model.ModelClass(len(classes)).to(self.device, memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(decay_groups(self.network, options.weight_decay), lr=options.lr)
        self.loss = nn.CrossEntropyLoss(label_smoothing=options.label_smoothing)
        # float16 needs its gradients scaled. Newer versions of PyTorch moved the class.
        make_scaler = getattr(torch.amp, "GradScaler", None) or torch.cuda.amp.GradScaler
        self.scaler = make_scaler(enabled=options.amp and self.device.type == "cuda")
        self.epoch, self.best = 0, 0.0

    def autocast(self):
        dtype = torch.float16 if self.device.type == "cuda" else torch.bfloat16
        return torch.autocast(self.device.type, dtype=dtype, enabled=self.options.amp)

    def start_from(self, path):
        """Takes weights of a file; a classifier of other classes stays as it is."""
        state = read_weights(path)
        own = self.network.state_dict()
        fitting = {name: tensor for name, tensor in state.items() if name in own and own[name].shape == tensor.shape}
        missing = [name for name in own if name not in fitting and not name.endswith("num_batches_tracked")]
        if any(not name.startswith("classifier.") for name in missing):
            raise SystemExit(f"{path}: is not for this network; it lacks {missing[0]} of shape {list(own[missing[0]].shape)}.")
        self.network.load_state_dict(fitting, strict=False)

    def save(self, path):
        """Replaces the file in one step, so that an interruption leaves the old one."""
        parts = {name: getattr(self, name).state_dict() for name in ("network", "optimizer", "scaler")}
        torch.save({**parts, "epoch": self.epoch, "best": self.best, "classes": self.classes}, f"{path}.partial")
        os.replace(f"{path}.partial", path)

    def load(self, path):
        saved = torch.load(path, map_location=self.device)
        if saved["classes"] != self.classes:
            raise SystemExit(f"{path}: was trained on other classes ({len(saved['classes'])} there, {len(self.classes)} here). Choose another --out.")
        for name in ("network", "optimizer", "scaler"):
            getattr(self, name).load_state_dict(saved[name])
        self.epoch, self.best = saved["epoch"], saved["best"]

    def train_epoch(self, loader):
        """One pass over the training images; returns the mean loss."""
        self.network.train()
        total, seen = 0.0, 0
        for step, (images, labels) in enumerate(loader):
            for group in self.optimizer.param_groups:
                group["lr"] = learning_rate(self.epoch + (step + 1) / len(loader), self.options)
            images = images.to(self.device, memory_format=torch.channels_last, non_blocking=True)
            labels = labels.to(self.device, non_blocking=True)
            self.optimizer.zero_grad(set_to_none=True)
            with self.autocast():
                loss = self.loss(self.network(images), labels)
            self.scaler.scale(loss).backward()
            self.scaler.step(self.optimizer)
            self.scaler.update()
            total += loss.item() * len(labels)
            seen += len(labels)
        self.epoch += 1
        return total / seen

    @torch.no_grad()
    def accuracy(self, loader):
        """Share of the images whose most likely class is theirs."""
        self.network.eval()
        hits, seen = 0, 0
        for images, labels in loader:
            with self.autocast():
                logits = self.network(images.to(self.device, memory_format=torch.channels_last))
            hits += (logits.argmax(1).cpu() == labels).sum().item()
            seen += len(labels)
        return hits / seen


def loaders(train, validation, options):
    """Shuffled batches of the same size, and batches of all validation images."""
    common = {"batch_size": options.batch, "num_workers": options.workers, "pin_memory": torch.cuda.is_available()}
    if len(train) < options.batch and not options.evaluate:
        raise SystemExit(f"There are {len(train)} training images, fewer than a batch. Choose a smaller --batch.")
    return DataLoader(train, shuffle=True, drop_last=True, **common), DataLoader(validation, **common)


def main(arguments=None):
    options = read_options(arguments)
    train, validation, classes = data.random_images(options.batch) if options.smoke else data.read_images(options.data, options)
    train_loader, validation_loader = loaders(train, validation, options)
    trainer = Trainer(classes, options)
    checkpoint, best = options.out / "checkpoint.pt", options.out / "best.pt"
    if options.evaluate:
        trainer.load(best)
        print(f"{100 * trainer.accuracy(validation_loader):.2f} % of {len(validation)} validation images right")
        return
    if checkpoint.exists():
        trainer.load(checkpoint)
    elif options.weights:
        trainer.start_from(options.weights)
    options.out.mkdir(parents=True, exist_ok=True)
    parameters = sum(p.numel() for p in trainer.network.parameters())
    print(f"{parameters:,} parameters; {len(train)} images of {len(classes)} classes; {trainer.device}; epochs {trainer.epoch} to {options.epochs}", flush=True)
    while trainer.epoch < options.epochs:
        # An epoch's images and crops depend on its number alone: also after an interruption.
        torch.manual_seed(options.seed + trainer.epoch)
        began = time.time()
        loss = trainer.train_epoch(train_loader)
        accuracy = trainer.accuracy(validation_loader)
        improved = accuracy > trainer.best or not best.exists()
        trainer.best = max(trainer.best, accuracy)
        if improved:
            trainer.save(best)
        trainer.save(checkpoint)
        print(f"epoch {trainer.epoch}: loss {loss:.4f}, {100 * accuracy:.2f} % of validation images right, {time.time() - began:.0f} s", flush=True)
    print(f"Done: {best}, {100 * trainer.best:.2f} %. Next: python export.py {best}")


if __name__ == "__main__":
    main()
