"""Accuracy of subnets on the validation images, each after recalibration.

    python evaluate.py SPACE.space.json SUPERNET.safetensors DATA --config CONFIG.foxnas.json ...
    python evaluate.py SPACE.space.json SUPERNET.safetensors DATA --random 20          smallest, largest, 20 random ones
"""

import argparse
import random

import torch

from calibrate import image_batches, recalibrate
from data import calibration_images, read_part
from space import InputError, largest, random_architecture, read_architecture, read_space, smallest
from subnet import load_network, subnet_state
from tensorfile import read_tensors


# Decoded images up to this size stay in memory.
KEEP_BYTES = 2 << 30


def load_batches(images, resolution, workers=0, size=100):
    """The images of a part as (tensor, labels), to go through again and again: kept where memory allows it, else read anew."""
    loader = torch.utils.data.DataLoader(images, batch_size=size, num_workers=workers)
    return list(loader) if len(images) * 3 * resolution**2 * 4 <= KEEP_BYTES else loader


def accuracy(network, batches, device="cpu"):
    """Share of the images whose class comes first, %."""
    hits = count = 0
    with torch.no_grad():
        for images, labels in batches:
            hits += (network(images.to(device)).argmax(1).cpu() == labels).sum().item()
            count += len(labels)
    return 100 * hits / count


def multiply_adds(network, resolution, device="cpu"):
    """Multiply-adds of the convolutions and dense layers for one image, counted while it runs."""
    total, hooks = [0], []

    def count(layer, inputs, output):
        total[0] += layer.weight.numel() * (output.shape[2] * output.shape[3] if output.dim() == 4 else 1)

    for layer in network.modules():
        if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
            hooks.append(layer.register_forward_hook(count))
    with torch.no_grad():
        network(torch.zeros(1, 3, resolution, resolution, device=device))
    for hook in hooks:
        hook.remove()
    return total[0]


def chosen_architectures(options, space):
    """[(name, architecture)] that the command line asks for."""
    named = [(path, read_architecture(path, space)[0]) for path in options.config]
    if options.random is not None or not named:
        rng = random.Random(options.seed)
        named += [("smallest", smallest(space)), ("largest", largest(space))]
        named += [(f"random {i + 1}", random_architecture(space, rng)) for i in range(options.random or 0)]
    return named


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Accuracy of subnets after recalibration.")
    parser.add_argument("space", help="search space, *.space.json")
    parser.add_argument("supernet", help="*.safetensors")
    parser.add_argument("data", help="folder with validation, and calibration or train")
    parser.add_argument("--config", nargs="+", default=[], help="architectures, *.foxnas.json")
    parser.add_argument("--random", type=int, help="so many random architectures, with the smallest and the largest")
    parser.add_argument("--calibration-images", type=int, default=500)
    parser.add_argument("--resolution", type=int, help="px; the space's first where absent")
    parser.add_argument("--workers", type=int, default=0, help="processes that read images")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args(arguments)
    try:
        space = read_space(options.space)
        resolution = options.resolution or space["resolutions"][0]
        supernet, _ = read_tensors(options.supernet)
        named = chosen_architectures(options, space)
        calibration = list(image_batches(calibration_images(options.data, space, resolution, options.calibration_images)))
        validation = load_batches(read_part(options.data, "validation", space, resolution), resolution, options.workers)
    except InputError as error:
        raise SystemExit(str(error)) from None
    print(f"{'subnet':<24}{'parameters':>12}{'multiply-adds':>16}{'recalibrated':>15}{'as inherited':>15}")
    for name, architecture in named:
        network = load_network(space, architecture, subnet_state(supernet, space, architecture)).to(options.device)
        before = accuracy(network, validation, options.device)
        recalibrate(network, (batch.to(options.device) for batch in calibration))
        after = accuracy(network, validation, options.device)
        parameters, macs = sum(p.numel() for p in network.parameters()), multiply_adds(network, resolution, options.device)
        print(f"{name:<24}{parameters:>12,}{macs:>16,}{after:>13.2f} %{before:>13.2f} %", flush=True)


if __name__ == "__main__":
    main()
