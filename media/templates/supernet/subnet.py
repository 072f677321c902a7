"""The plain network of one architecture, and how its weights are cut out of a supernet.

    python subnet.py CONFIG.foxnas.json SPACE.space.json WEIGHTS.safetensors

checks that WEIGHTS (a supernet, or a subnet that FOX-NAS exported) fit the config, and prints what they make.
"""

import argparse

import torch
from torch import nn
from torch.nn import functional as F

from space import InputError, first_block, largest, read_architecture, read_space, stage_blocks
from tensorfile import read_tensors

ACTIVATION = {"relu": F.relu, "hswish": F.hardswish, "none": lambda x: x}


class ConvNorm(nn.Conv2d):
    """Convolution with padding (k - 1) / 2 and no bias, batch-norm (`norm`), activation."""

    def __init__(self, input, output, kernel, activation, stride=1, groups=1):
        super().__init__(input, output, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(output)
        self.activation = ACTIVATION[activation]

    def forward(self, x):
        return self.activation(self.norm(super().forward(x)))


class SqueezeExcite(nn.Module):
    """Every channel times a gate, relu6(x + 3) / 6, that all channels' means decide (Hu et al. 2018)."""

    def __init__(self, channels, squeeze):
        super().__init__()
        self.reduce = nn.Conv2d(channels, squeeze, 1)
        self.expand = nn.Conv2d(squeeze, channels, 1)

    def forward(self, x):
        pooled = x.mean((2, 3), keepdim=True)
        return x * F.hardsigmoid(self.expand(F.relu(self.reduce(pooled))))


class InvertedResidual(nn.Module):
    """A `space.Block` as layers."""

    def __init__(self, block):
        super().__init__()
        self.residual = block.residual
        if block.has_expand:
            self.expand = ConvNorm(block.input, block.expanded, 1, block.activation)
        self.depthwise = ConvNorm(block.expanded, block.expanded, block.kernel, block.activation, block.stride, groups=block.expanded)
        if block.squeeze:
            self.squeeze = SqueezeExcite(block.expanded, block.squeeze)
        self.project = ConvNorm(block.expanded, block.output, 1, "none")

    def forward(self, x):
        y = self.expand(x) if hasattr(self, "expand") else x
        y = self.depthwise(y)
        if hasattr(self, "squeeze"):
            y = self.squeeze(y)
        y = self.project(y)
        return x + y if self.residual else y


class Stem(nn.Module):
    def __init__(self, stem):
        super().__init__()
        self.conv = ConvNorm(3, stem["width"], stem["kernel"], stem["activation"], stem["stride"])

    def forward(self, x):
        return self.conv(x)


class Stage(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class Head(nn.Module):
    """1x1 convolution, mean over all pixels, a dense layer."""

    def __init__(self, head, input):
        super().__init__()
        self.conv = ConvNorm(input, head["width"], 1, head["activation"])
        self.features = nn.Linear(head["width"], head["features"])
        self.activation = ACTIVATION[head["activation"]]

    def forward(self, x):
        return self.activation(self.features(self.conv(x).mean((2, 3))))


class Network(nn.Module):
    """The network of an architecture: images [N, 3, R, R] to logits [N, classes]. Its state dict has the supernet's names."""

    def __init__(self, space, architecture):
        super().__init__()
        self.stem = Stem(space["stem"])
        self.first = InvertedResidual(first_block(space))
        stages = stage_blocks(space, architecture)
        self.stages = nn.ModuleList(Stage([InvertedResidual(block) for block in blocks]) for blocks in stages)
        self.head = Head(space["head"], space["stages"][-1]["width"])
        self.classifier = nn.Linear(space["head"]["features"], space["classes"])

    def forward(self, x):
        x = self.first(self.stem(x))
        for stage in self.stages:
            x = stage(x)
        return self.classifier(self.head(x))


def kernel_of(weight, kernel, transforms):
    """A depthwise filter [ch, 1, L, L] made smaller step by step: centre crop, then the learned matrix of that step.

    `transforms`: matrices [S*S, S*S] by name, e.g. "7to5"; the steps are those of the names.
    """
    while weight.shape[-1] > kernel:
        side = weight.shape[-1]
        step = next(name for name in transforms if name.startswith(f"{side}to"))
        smaller = int(step.split("to")[1])
        edge = (side - smaller) // 2
        crop = weight[:, :, edge : side - edge, edge : side - edge].reshape(-1, smaller * smaller)
        weight = (crop @ transforms[step].T).reshape(-1, 1, smaller, smaller)
    return weight


def without_counters(state):
    """A state dict without `num_batches_tracked`, which PyTorch fills in by itself when it is absent."""
    return {name: tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")}


def subnet_state(supernet, space, architecture):
    """The state dict of an architecture, cut out of a supernet's tensors (`{name: tensor}`).

    Every tensor takes the first entries along every dimension; depthwise filters shrink by `kernel_of`. Running
    statistics are those of the largest subnet: recalibrate before use (`calibrate.py`).
    """
    state = {}
    for name, wanted in without_counters(Network(space, architecture).state_dict()).items():
        tensor = supernet[name].float()
        if name.endswith("depthwise.weight"):
            prefix = name[: -len("weight")] + "transforms."
            steps = {key[len(prefix) :]: value.float() for key, value in supernet.items() if key.startswith(prefix)}
            tensor = kernel_of(tensor[: wanted.shape[0]], wanted.shape[-1], steps)
        state[name] = tensor[tuple(slice(0, n) for n in wanted.shape)].clone()
    return state


def load_network(space, architecture, state):
    """The plain network with these weights; refuses missing, further and misshapen tensors."""
    network = Network(space, architecture)
    network.load_state_dict(state, strict=True)
    return network.eval()


def main():
    parser = argparse.ArgumentParser(description="Checks that weights fit a config.")
    parser.add_argument("config", help="architecture, *.foxnas.json")
    parser.add_argument("space", help="search space, *.space.json")
    parser.add_argument("weights", help="supernet, or subnet exported by FOX-NAS, *.safetensors")
    options = parser.parse_args()
    try:
        space = read_space(options.space)
        architecture, resolution = read_architecture(options.config, space)
        tensors, metadata = read_tensors(options.weights)
    except InputError as error:
        raise SystemExit(str(error)) from None
    is_supernet = "foxnas.supernet" in metadata
    network = load_network(space, architecture, subnet_state(tensors, space, architecture) if is_supernet else tensors)
    with torch.no_grad():
        logits = network(torch.zeros(1, 3, resolution, resolution))
    parameters = sum(p.numel() for p in network.parameters())
    print(f"{options.weights}: {'a supernet' if is_supernet else 'the weights of one network'}, and they fit {options.config}.")
    print(f"{parameters:,} parameters, input [1, 3, {resolution}, {resolution}], logits {list(logits.shape)}, finite: {bool(logits.isfinite().all())}")
    if is_supernet:
        whole = sum(p.numel() for p in Network(space, largest(space)).parameters())
        print(f"The largest subnet has {whole:,}. Recalibrate batch-norm before you use this one: python evaluate.py")


if __name__ == "__main__":
    main()
