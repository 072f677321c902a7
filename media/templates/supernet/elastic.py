"""The elastic network: one set of weights for every architecture of a space (Once-for-All, Cai et al. 2020).

It is the plain network of the largest architecture with a matrix for every step between kernel sizes; a smaller
architecture uses the first blocks of a stage, the first expanded channels of a block, and filters made smaller.
"""

import torch
from torch import nn
from torch.nn import functional as F

from space import InputError, first_block, largest, round_width, stage_blocks
from subnet import Network, kernel_of


def steps_between(kernels):
    """Neighbouring pairs of kernel sizes, from the largest down: [3, 5, 7] gives [(7, 5), (5, 3)]."""
    falling = sorted(kernels, reverse=True)
    return list(zip(falling, falling[1:]))


def conv_norm(layer, x, weight):
    """A ConvNorm with part of its filters: the first `weight.shape[0]` outputs."""
    outputs, norm = weight.shape[0], layer.norm
    groups = outputs if layer.groups > 1 else 1
    y = F.conv2d(x, weight, None, layer.stride, (weight.shape[-1] - 1) // 2, groups=groups)
    if norm.training:
        # Subnets share weights but no statistics: each is normalised by its own batch, and nothing is remembered.
        y = F.batch_norm(y, None, None, norm.weight[:outputs], norm.bias[:outputs], True, 0.0, norm.eps)
    else:
        mean, variance = norm.running_mean[:outputs], norm.running_var[:outputs]
        y = F.batch_norm(y, mean, variance, norm.weight[:outputs], norm.bias[:outputs], False, 0.0, norm.eps)
    return layer.activation(y)


def squeeze_excite(layer, x, squeeze):
    channels = x.shape[1]
    pooled = x.mean((2, 3), keepdim=True)
    reduced = F.relu(F.conv2d(pooled, layer.reduce.weight[:squeeze, :channels], layer.reduce.bias[:squeeze]))
    gate = F.hardsigmoid(F.conv2d(reduced, layer.expand.weight[:channels, :squeeze], layer.expand.bias[:channels]))
    return x * gate


def run_block(layers, block, x):
    """The block of an architecture (`space.Block`) with the weights of the largest one (`subnet.InvertedResidual`)."""
    width, depthwise = block.expanded, layers.depthwise
    y = conv_norm(layers.expand, x, layers.expand.weight[:width]) if block.has_expand else x
    y = conv_norm(depthwise, y, kernel_of(depthwise.weight[:width], block.kernel, getattr(depthwise, "transforms", {})))
    if block.squeeze:
        y = squeeze_excite(layers.squeeze, y, block.squeeze)
    y = conv_norm(layers.project, y, layers.project.weight[:, :width])
    return x + y if block.residual else y


class ElasticNetwork(Network):
    """Images [N, 3, R, R] and an architecture to logits [N, classes]."""

    def __init__(self, space):
        require_sliceable(space)
        super().__init__(space, largest(space))
        self.space = space
        for stage, settings in zip(self.stages, space["stages"]):
            for block in stage.blocks:
                self._make_elastic(block, settings["kernel"])

    @staticmethod
    def _make_elastic(block, kernels):
        if len(kernels) > 1:
            steps = steps_between(kernels)
            block.depthwise.transforms = nn.ParameterDict({f"{a}to{b}": nn.Parameter(torch.eye(b * b)) for a, b in steps})
        if block.residual:
            # Every residual block starts as the identity, so that depth does not matter at first (Goyal et al. 2017).
            nn.init.zeros_(block.project.norm.weight)

    def forward(self, x, architecture=None):
        """Of the largest architecture where none is given."""
        if architecture is None:
            architecture = largest(self.space)
        x = conv_norm(self.stem.conv, x, self.stem.conv.weight)
        x = run_block(self.first, first_block(self.space), x)
        for stage, blocks in zip(self.stages, stage_blocks(self.space, architecture)):
            for layers, block in zip(stage.blocks, blocks):
                x = run_block(layers, block, x)
        x = conv_norm(self.head.conv, x, self.head.conv.weight).mean((2, 3))
        return self.classifier(self.head.activation(self.head.features(x)))


def require_sliceable(space):
    """More expand must mean more channels, or the first channels of the largest would not do for all."""
    inputs = [space["first"]["width"]] + [stage["width"] for stage in space["stages"]]
    for i, stage in enumerate(space["stages"]):
        for width in (inputs[i], stage["width"]):
            widths = [width if e == 1 else round_width(width * e, space["widthMultiple"]) for e in stage["expand"]]
            if widths != sorted(widths):
                raise InputError(f"stages[{i}].expand {stage['expand']} of {width} channels makes widths {widths}, expected rising ones.")
