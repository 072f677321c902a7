"""Runs generated projects; reads a job (JSON) and prints one JSON value, which project.test.ts judges.

    python3 test/unit/codegen/projectChecks.py CHECK JOB.json
"""

import contextlib
import importlib
import io
import json
import shutil
import sys
from pathlib import Path

MODULES = ("model", "data", "train", "export")


@contextlib.contextmanager
def project(folder):
    """The modules of one project, which the next one replaces."""
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.pop(0)


def call(main, *arguments):
    """What a program printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main([str(argument) for argument in arguments])
    return printed.getvalue().splitlines()


def smoke(job):
    """Parameters and logits' shape of every project's network; some projects also train, load and export."""
    import torch

    torch.set_num_threads(1)
    made = []
    for entry in job:
        folder = Path(entry["folder"])
        with project(folder) as modules:
            network, side = getattr(modules["model"], entry["name"])().eval(), modules["model"].RESOLUTION
            with torch.no_grad():
                shape = list(network(torch.zeros(2, 3, side, side)).shape)
            result = {"parameters": sum(p.numel() for p in network.parameters()), "shape": shape}
            made.append({**result, **trained(modules, folder / "runs")} if entry["train"] else result)
    return made


def trained(modules, out):
    """One step on random images, its checkpoint loaded again, and the model exported; only the model stays."""
    import torch

    printed = call(modules["train"].main, "--smoke", "--out", out)
    network, classes = modules["export"].load_network(out / "best.pt")
    torch.manual_seed(1)
    start, state = type(network)(len(classes)).state_dict(), network.state_dict()
    moved = sum(not torch.equal(state[name], start[name]) for name in state) / len(state)
    result = {"printed": printed, "moved": moved, **exported(modules, out, network, len(classes))}
    for path in out.glob("*.pt"):
        path.unlink()
    return result


def exported(modules, out, network, classes):
    """A finished run started again, its model and weights written; logits of a wave of numbers."""
    import torch

    again = call(modules["train"].main, "--smoke", "--out", out)
    printed = call(modules["export"].main, out / "best.pt")
    side = modules["model"].RESOLUTION
    images = torch.arange(2 * 3 * side * side, dtype=torch.float32).reshape(2, 3, side, side).sin()
    # Weights alone give the same network.
    plain = type(network)(classes).eval()
    plain.load_state_dict(torch.load(out / "best.weights.pt"))
    with torch.no_grad():
        logits, same = network(images), torch.equal(plain(images), network(images))
    return {"again": again, "exported": printed, "logits": logits.flatten().tolist(), "same": same}


def draw(folder):
    """Images of two classes, in two parts."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(3)
    for part, count in (("train", 9), ("val", 3)):
        for label, name in enumerate(("dark", "light")):
            (folder / part / name).mkdir(parents=True)
            for i in range(count):
                pixels = random.integers(0, 128, (40 + 3 * i, 50, 3)) + 127 * label
                Image.fromarray(pixels.astype("uint8")).save(folder / part / name / f"{i}.png")


def resumed(job):
    """Trains on drawn images in one go, and again from the checkpoint after its first epoch: the largest difference of weights."""
    import torch

    torch.set_num_threads(1)
    folder = Path(job)
    images, whole, parts = folder / "images", folder / "whole", folder / "parts"
    draw(images)
    with project(folder) as modules:
        train = modules["train"]
        options = ("--epochs", 3, "--batch", 4, "--workers", 0, "--warmup", 1, "--amp")
        save = train.Trainer.save

        def keep(self, path):
            save(self, path)
            if self.epoch == 1 and Path(path).name == "checkpoint.pt":
                parts.mkdir()
                for name in ("checkpoint.pt", "best.pt"):
                    shutil.copy(whole / name, parts / name)

        train.Trainer.save = keep
        first = call(train.main, images, "--out", whole, *options)
        train.Trainer.save = save
        second = call(train.main, images, "--out", parts, *options)
        a, b = (torch.load(out / "checkpoint.pt")["network"] for out in (whole, parts))
        early = torch.load(whole / "best.pt")["epoch"]
        difference = max((a[name] - b[name]).abs().max().item() for name in a)
        evaluated = call(train.main, images, "--out", parts, "--workers", 0, "--evaluate")
        begun = call(train.main, images, "--out", folder / "begun", *options, "--weights", parts / "best.pt")
    return {"first": first, "second": second, "difference": difference, "early": early, "evaluated": evaluated, "begun": begun[0]}


def keras(job):
    """One step of every project with Keras, resumed and exported."""
    made = []
    for folder in map(Path, job):
        with project(folder) as modules:
            out = folder / "runs"
            printed = call(modules["train"].main, "--smoke", "--out", out)
            again = call(modules["train"].main, "--smoke", "--out", out)
            exported = call(modules["export"].main, out / "best.keras")
            made.append({"printed": printed, "again": again, "exported": exported})
    return made


if __name__ == "__main__":
    check = {f.__name__: f for f in (smoke, resumed, keras)}[sys.argv[1]]
    print(json.dumps(check(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
