"""Reference for the TypeScript side: logits of subnets by PyTorch, before and after recalibration, as JSON.

    python3 test/kit/reference.py SPACE SUPERNET DATA --random 6 --seed 5 > test/fixtures/shapes-logits.json
    python3 test/kit/reference.py SPACE SUPERNET DATA --configs CONFIGS.json      a list of {name, stages}

`before`: with the file's running statistics, sliced. `after`: recalibrated on the first calibration images in file order,
in batches of 100. Rows are the first validation images in file order, columns the classes.
"""

import argparse
import hashlib
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "media" / "templates" / "supernet"))

import torch

from calibrate import image_batches, recalibrate
from data import calibration_images, read_part, stacked
from space import largest, random_architecture, read_json, read_space, smallest
from subnet import load_network, subnet_state
from tensorfile import read_tensors


def rows(logits):
    """Numbers with the nine digits that tell every float32 apart."""
    return [[float(f"{value:.9g}") for value in row] for row in logits.tolist()]


def architectures(options, space):
    if options.configs is not None:
        return [(config["name"], config["stages"]) for config in read_json(options.configs)]
    rng = random.Random(options.seed)
    others = [(f"random {i + 1}", random_architecture(space, rng)) for i in range(options.random)]
    return [("smallest", smallest(space)), ("largest", largest(space)), *others]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("space")
    parser.add_argument("supernet")
    parser.add_argument("data")
    parser.add_argument("--configs")
    parser.add_argument("--random", type=int, default=6)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--images", type=int, default=4)
    parser.add_argument("--calibration-images", type=int, default=200)
    options = parser.parse_args()
    torch.set_num_threads(1)
    space = read_space(options.space)
    resolution = space["resolutions"][0]
    supernet, _ = read_tensors(options.supernet)
    images, labels = stacked(read_part(options.data, "validation", space, resolution), 0, options.images)
    batches = list(image_batches(calibration_images(options.data, space, resolution, options.calibration_images)))
    subnets = []
    for name, stages in architectures(options, space):
        network = load_network(space, stages, subnet_state(supernet, space, stages))
        with torch.no_grad():
            before = network(images)
            after = recalibrate(network, batches)(images)
        subnets.append({"name": name, "stages": stages, "before": rows(before), "after": rows(after)})
    head = {
        "space": space["id"],
        "supernet": hashlib.sha256(Path(options.supernet).read_bytes()).hexdigest(),
        "made": f"test/kit/reference.py, PyTorch {torch.__version__}",
        "resolution": resolution,
        "calibrationImages": sum(len(batch) for batch in batches),
        "calibrationBatch": 100,
        "images": options.images,
        "labels": labels.tolist(),
    }
    text = ",\n  ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    print("{\n  " + text + ',\n  "subnets": [\n    ' + ",\n    ".join(map(json.dumps, subnets)) + "\n  ]\n}")


if __name__ == "__main__":
    main()
