"""Writes a supernet file from a training run.

    python export.py SPACE.space.json RUN/checkpoint.pt DATA SUPERNET.safetensors

The file is what FORMAT.md describes. Its running statistics are those of the largest subnet, computed here from the
calibration images; FOX-NAS computes every subnet's own again.
"""

import argparse

import torch

from calibrate import image_batches, recalibrate
from data import calibration_images
from elastic import ElasticNetwork
from space import InputError, largest, read_space
from subnet import load_network, subnet_state, without_counters
from tensorfile import write_tensors


def supernet_tensors(space, trained, images):
    """The file's tensors `{name: float32 tensor}`: trained weights, and the largest subnet's statistics from `images`."""
    network = load_network(space, largest(space), subnet_state(trained, space, largest(space)))
    recalibrate(network, image_batches(images))
    calibrated, tensors = network.state_dict(), {}
    for name, tensor in without_counters(trained).items():
        # The largest subnet is the whole of the weights, so its statistics are as wide as the file's.
        tensors[name] = calibrated[name] if ".running_" in name else tensor.float()
    broken = [name for name, tensor in tensors.items() if not tensor.isfinite().all()]
    if broken:
        raise InputError(f"{broken[0]} (and {len(broken) - 1} more) is not finite. Train again with a lower --lr or --full-precision.")
    return tensors


def metadata_of(space, steps):
    return {"foxnas.supernet": "1", "foxnas.space": space["id"], "foxnas.steps": str(steps), "format": "pt"}


def read_checkpoint(path, space):
    """Returns (state dict, steps) of a run; raises InputError where it is of another space."""
    try:
        saved = torch.load(path, map_location="cpu")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    if saved["space"] != space:
        raise InputError(f"{path}: was trained for the space {saved['space']['id']} as it was then, which differs from the file given.")
    # Strict: a checkpoint of another version of elastic.py must not pass for one of this.
    ElasticNetwork(space).load_state_dict(saved["model"])
    return saved["model"], saved["step"]


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Writes a supernet file.")
    parser.add_argument("space", help="search space, *.space.json")
    parser.add_argument("checkpoint", help="checkpoint.pt of a run")
    parser.add_argument("data", help="folder with calibration (or train)")
    parser.add_argument("out", help="file to write, *.safetensors")
    parser.add_argument("--calibration-images", type=int, default=1000)
    parser.add_argument("--resolution", type=int, help="px; the space's first where absent")
    parser.add_argument("--half", action="store_true", help="float16 numbers: half the size")
    options = parser.parse_args(arguments)
    try:
        space = read_space(options.space)
        trained, steps = read_checkpoint(options.checkpoint, space)
        images = calibration_images(options.data, space, options.resolution or space["resolutions"][0], options.calibration_images)
        tensors = supernet_tensors(space, trained, images)
        if options.half:
            tensors = {name: tensor.half() for name, tensor in tensors.items()}
        write_tensors(options.out, tensors, metadata_of(space, steps))
    except InputError as error:
        raise SystemExit(str(error)) from None
    print(f"{options.out}: {len(tensors)} tensors, {sum(t.numel() for t in tensors.values()):,} numbers, statistics from {len(images)} images.")


if __name__ == "__main__":
    main()
