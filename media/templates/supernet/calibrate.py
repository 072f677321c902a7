"""Batch-norm recalibration: a subnet's running statistics, computed from images anew.

A subnet inherits weights but no statistics, since a layer with fewer inputs or a smaller kernel makes other means and
variances. Without this step accuracies are low and, worse, in the wrong order.
"""

import torch
from torch import nn

from data import stacked

BATCH = 100


def batch_bounds(count, size=BATCH):
    """Cuts 0..count into ceil(count / size) batches whose sizes differ by one at most, in order: [(begin, end), ...]."""
    batches = -(-count // size)
    edges = [i * count // batches for i in range(batches + 1)]
    return list(zip(edges, edges[1:]))


def recalibrate(network, batches):
    """Replaces all running statistics of a plain network by those of `batches`, an iterable of tensors [n, 3, R, R].

    Every batch is normalised by its own statistics; a layer's running mean is the mean of its batch means, its running
    variance the mean of its unbiased batch variances. Both are exactly PyTorch's `momentum=None`.
    """
    norms = [layer for layer in network.modules() if isinstance(layer, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    with torch.no_grad():
        for batch in batches:
            network(batch)
    network.eval()
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
    return network


def image_batches(images, size=BATCH):
    """The batches of a calibration part (`data.Images`), as tensors."""
    return (stacked(images, begin, end)[0] for begin, end in batch_bounds(len(images), size))
