"""Checks of generated code; each reads a job (JSON) and prints one JSON value, which the tests judge.

    python3 test/unit/codegen/checks.py CHECK JOB.json
"""

import array
import ast
import contextlib
import io
import json
import keyword
import runpy
import struct
import sys
from pathlib import Path


def run(path):
    """Runs a file as a program: what it printed, and what it defined."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        defined = runpy.run_path(path, run_name="__main__")
    return printed.getvalue(), defined


def read_tensors(path):
    """Tensors of a safetensors file of float32: {name: (shape, numbers)}."""
    data = Path(path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", entry
        tensors[name] = (entry["shape"], array.array("f", data[8 + length + start : 8 + length + end]))
    return tensors


def pytorch(job):
    """Runs every file; with weights, its logits as well, loaded strictly."""
    import torch

    torch.set_num_threads(1)
    made = []
    for entry in job:
        printed, defined = run(entry["path"])
        result = {"printed": printed}
        if "weights" in entry:
            network = defined[entry["name"]]().eval()
            tensors = read_tensors(entry["weights"])
            network.load_state_dict({name: torch.tensor(list(data)).reshape(shape) for name, (shape, data) in tensors.items()}, strict=True)
            result["others"] = [name for name in network.state_dict() if name not in tensors and not name.endswith("num_batches_tracked")]
            side = defined["RESOLUTION"]
            images = torch.tensor(list(array.array("f", Path(entry["images"]).read_bytes()))).reshape(-1, 3, side, side)
            with torch.no_grad():
                result["logits"] = network(images).flatten().tolist()
        made.append(result)
    return made


def keras(job):
    """The same by Keras, whose weights are set layer by layer."""
    import numpy as np

    order = {5: (2, 3, 0, 1), 4: (2, 3, 1, 0), 2: (1, 0), 1: (0,)}
    made = []
    for entry in job:
        printed, defined = run(entry["path"])
        result = {"printed": printed}
        if "weights" in entry:
            model = defined["model"]
            tensors = {name: np.array(data, "f").reshape(shape) for name, (shape, data) in read_tensors(entry["weights"]).items()}
            layers, used = [layer for layer in model.layers if layer.weights], set()
            for layer in layers:
                norm = layer.name.endswith("_norm")
                parts = ["norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"] if norm else ["weight", "bias"]
                base = layer.name.removesuffix("_norm")
                names = [name for part in parts for name in tensors if name.replace(".", "_") == f"{base}.{part}".replace(".", "_")]
                depthwise = base.endswith("depthwise") and not norm
                layer.set_weights([tensors[name].transpose(order[tensors[name].ndim + depthwise]) for name in names])
                used.update(names)
            result["others"] = sorted(set(tensors) - used)
            side = defined["RESOLUTION"]
            images = np.fromfile(entry["images"], "<f4").reshape(-1, 3, side, side).transpose(0, 2, 3, 1)
            result["logits"] = model.predict(images, verbose=0).flatten().tolist()
        made.append(result)
    return made


def syntax(job):
    """The program that Python reads in each text: comments are no part of it."""
    return [ast.dump(ast.parse(Path(path).read_bytes())) for path in job]


def names(job):
    return [name for name in job if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name)]


def modules(_):
    """Python's own modules, as far as a config can be called like them."""
    return [name for name in sys.stdlib_module_names if not name.startswith("_")]


class ArchEncoder:
    """One-hot features as Once-for-All's MobileNetArchEncoder makes them: resolution, then kernels, then expand ratios of all places."""

    def __init__(self, resolutions, kernels, expands, depths, stages):
        self.room, self.stages, self.resolutions = max(depths), stages, resolutions
        places = [("r", 0, r) for r in resolutions]
        for gene, choices in (("k", kernels), ("e", expands)):
            places += [(gene, i, choice) for i in range(stages * self.room) for choice in choices]
        self.places, self.index = places, {place: i for i, place in enumerate(places)}

    def features(self, arch):
        made = [0] * len(self.places)
        made[self.index["r", 0, arch["r"][0]]] = 1
        for i in range(self.stages * self.room):
            if i % self.room < arch["d"][i // self.room]:
                made[self.index["k", i, arch["ks"][i]]] = 1
                made[self.index["e", i, arch["e"][i]]] = 1
        return made

    def arch(self, features):
        on = {place[:2]: place[2] for place, value in zip(self.places, features) if value}
        count = self.stages * self.room
        kernels = [on.get(("k", i), 0) for i in range(count)]
        depths = [sum(kernels[i + j] > 0 for j in range(self.room)) for i in range(0, count, self.room)]
        return {"ks": kernels, "e": [on.get(("e", i), 0) for i in range(count)], "d": depths, "r": [on["r", 0]]}


def tutorial_features(arch):
    """The 128 features of Once-for-All's published accuracy predictor: 20 kernels, 20 expand ratios, 8 resolutions."""
    kernels, expands = list(arch["ks"]), list(arch["e"])
    for stage, depth in enumerate(arch["d"]):
        for i in range(4 * stage + depth, 4 * stage + 4):
            kernels[i] = expands[i] = 0
    one_hot = [int(value == choice) for values, choices in ((kernels, (3, 5, 7)), (expands, (3, 4, 6))) for value in values for choice in choices]
    place = (arch["r"][0] - 112) // 16
    assert 0 <= place < 8 and len(one_hot) == 120, arch
    return one_hot + [int(i == place) for i in range(8)]


def encoding(job):
    """Each dict as a literal, whether the encoder gives it back, and how many features are on."""
    made = []
    for entry in job:
        statement = ast.parse(Path(entry["path"]).read_text(encoding="utf-8")).body
        assert len(statement) == 1 and statement[0].targets[0].id == "ARCHITECTURE"
        arch = ast.literal_eval(statement[0].value)
        encoder = ArchEncoder(*(entry[key] for key in ("resolutions", "kernels", "expands", "depths", "stages")))
        features = encoder.features(arch)
        result = {"arch": arch, "again": encoder.arch(features), "on": sum(features)}
        if entry["tutorial"]:
            features = tutorial_features(arch)
            result["tutorial"] = [len(features), sum(features)]
        made.append(result)
    return made


if __name__ == "__main__":
    check = {f.__name__: f for f in (pytorch, keras, syntax, names, modules, encoding)}[sys.argv[1]]
    print(json.dumps(check(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
