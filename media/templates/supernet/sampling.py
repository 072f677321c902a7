"""Which images a training step sees, and its learning rate: functions of the step alone, so that a run can be resumed."""

import math

import numpy as np


class Steps:
    """A batch sampler: yields, for every step, this process's images as (index, seed of its augmentation)."""

    def __init__(self, count, batch, rank, processes, seed, begin, end):
        self.count, self.batch, self.rank, self.processes, self.seed = count, batch, rank, processes, seed
        self.begin, self.end = begin, end

    def __len__(self):
        return max(0, self.end - self.begin)

    def __iter__(self):
        epoch, order = -1, None
        for step in range(self.begin, self.end):
            first = (step * self.processes + self.rank) * self.batch
            chosen = []
            for position in range(first, first + self.batch):
                # Epochs follow one another without gaps; each has an order of its own.
                if position // self.count != epoch:
                    epoch = position // self.count
                    order = np.random.default_rng([self.seed, epoch]).permutation(self.count)
                chosen.append((int(order[position % self.count]), self.seed * 1_000_000_007 + position))
            yield chosen


def learning_rate(step, recipe):
    """Rises evenly over the warm-up, then falls along a cosine to zero."""
    warmup, steps = recipe["warmup"], recipe["steps"]
    if step < warmup:
        return recipe["lr"] * (step + 1) / warmup
    return recipe["lr"] * 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup)))
