"""Trains a supernet: all subnets of a space at once.

    python train.py SPACE.space.json DATA --out RUN                          one GPU, or the CPU
    python train.py SPACE.space.json DATA --out RUN --processes 8            eight GPUs, or CPU processes, of this machine
    torchrun ... train.py SPACE.space.json DATA --out RUN                    the same, and several machines

Every step trains the largest subnet, the smallest and some random ones on the same images (sandwich rule), all but the
largest also towards its outputs (in-place distillation; Yu and Huang 2019, arXiv 1903.05134). The state goes to
RUN/checkpoint.pt now and then; the same command goes on from there, as if it had not been interrupted.
"""

import argparse
import os
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from data import read_part, training_transform
from distributed import average_gradients, in_group, join, launch, leave
from elastic import ElasticNetwork
from export import read_checkpoint
from sampling import Steps, learning_rate
from space import InputError, largest, random_architecture, read_space, smallest

# What decides the weights; a run goes on only with the same.
RECIPE = (
    *("steps", "batch", "lr", "warmup", "weight_decay", "random_subnets", "distil"),
    *("smallest_crop", "no_flip", "seed", "resolution", "start_from"),
)


def read_options(arguments=None):
    parser = argparse.ArgumentParser(description="Trains a supernet.")
    parser.add_argument("space", help="search space, *.space.json")
    parser.add_argument("data", help="folder with train and, later, validation and calibration")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--start-from", help="checkpoint.pt of another run of this space, whose weights this one begins with")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=64, help="images a step and process")
    parser.add_argument("--lr", type=float, default=3e-3, help="highest learning rate (AdamW, cosine)")
    parser.add_argument("--warmup", type=int, default=100, help="steps of rising learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--random-subnets", type=int, default=2, help="random subnets a step, besides largest and smallest")
    parser.add_argument("--distil", type=float, default=0.5, help="weight of the largest subnet's outputs against the labels")
    parser.add_argument("--smallest-crop", type=float, default=0.35, help="least share of an image's area that a crop keeps")
    parser.add_argument("--no-flip", action="store_true", help="mirror images mean something else")
    parser.add_argument("--resolution", type=int, help="px; the space's first where absent")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=["cuda", "cpu"], help="cuda where there is one")
    parser.add_argument("--processes", type=int, default=1, help="processes on this machine, one for each GPU; on CPUs one for each core or two")
    parser.add_argument("--full-precision", action="store_true", help="no float16 on a GPU")
    parser.add_argument("--workers", type=int, default=0, help="processes that read images, for each training process")
    parser.add_argument("--save-every", type=int, default=250)
    parser.add_argument("--log-every", type=int, default=50)
    parser.add_argument("--stop-after", type=int, help="end at this step; the same command without it goes on")
    return parser.parse_args(arguments)


def train_step(model, images, labels, architectures, distil, backward):
    """Adds the gradients of the largest subnet (the first architecture) and the others; returns the largest's loss and hits."""
    logits = model(images, architectures[0])
    loss = F.cross_entropy(logits.float(), labels)
    backward(loss)
    target = logits.detach().float().softmax(1)
    for architecture in architectures[1:]:
        student = model(images, architecture).float()
        # Cross-entropy to the largest's outputs: its gradient is that of the Kullback-Leibler divergence.
        backward((1 - distil) * F.cross_entropy(student, labels) + distil * F.cross_entropy(student, target))
    return loss.item(), (logits.argmax(1) == labels).float().mean().item()


def parameter_groups(model, weight_decay):
    """Filters and matrices decay; norms, biases and kernel transforms do not."""
    decays, others = [], []
    for name, parameter in model.named_parameters():
        (decays if parameter.dim() > 1 and ".transforms." not in name else others).append(parameter)
    return [{"params": decays, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


class Run:
    """Model, optimizer and step of a run, on disk and in memory."""

    def __init__(self, space, options, device):
        self.space, self.device, self.step = space, device, 0
        self.recipe = {key: getattr(options, key) for key in RECIPE}
        torch.manual_seed(options.seed)
        self.model = ElasticNetwork(space).to(device, memory_format=torch.channels_last).train()
        if options.start_from:
            self.model.load_state_dict(read_checkpoint(options.start_from, space)[0])
        self.optimizer = torch.optim.AdamW(parameter_groups(self.model, options.weight_decay), lr=options.lr)
        self.half = device.type == "cuda" and not options.full_precision
        # Newer versions of PyTorch moved it.
        make_scaler = getattr(torch.amp, "GradScaler", None) or torch.cuda.amp.GradScaler
        self.scaler = make_scaler(enabled=self.half)
        self.path = options.out / "checkpoint.pt"

    def load(self, processes):
        if not self.path.exists():
            return
        saved = torch.load(self.path, map_location=self.device)
        theirs, ours = {**saved["recipe"], "processes": saved["processes"]}, {**self.recipe, "processes": processes}
        differences = [f"{key}: {theirs[key]} there, {ours[key]} here" for key in ours if theirs[key] != ours[key]]
        if saved["space"] != self.space:
            differences.append("another search space")
        if differences:
            raise InputError(f"{self.path} was made with other settings ({'; '.join(differences)}). Use them again, or another --out.")
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scaler.load_state_dict(saved["scaler"])
        self.step = saved["step"]

    def save(self, processes):
        parts = {key: getattr(self, key).state_dict() for key in ("model", "optimizer", "scaler")}
        state = {"step": self.step, "space": self.space, "recipe": self.recipe, "processes": processes, **parts}
        torch.save(state, f"{self.path}.partial")
        os.replace(f"{self.path}.partial", self.path)

    def advance(self, images, labels, processes):
        """One step. Subnets are drawn from the step's number: alike in all processes, and after a restart."""
        rng = random.Random(self.recipe["seed"] * 1_000_003 + self.step)
        subnets = [random_architecture(self.space, rng) for _ in range(self.recipe["random_subnets"])]
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.step, self.recipe)
        self.optimizer.zero_grad(set_to_none=True)
        images = images.to(self.device, memory_format=torch.channels_last, non_blocking=True)
        with torch.autocast(self.device.type, enabled=self.half):
            architectures = [largest(self.space), smallest(self.space), *subnets]
            backward = lambda loss: self.scaler.scale(loss).backward()
            report = train_step(self.model, images, labels.to(self.device), architectures, self.recipe["distil"], backward)
        average_gradients(self.model, processes)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.step += 1
        return report


def train(options):
    rank, processes, device = join(options.device)
    say = print if rank == 0 else lambda *_, **__: None
    space = read_space(options.space)
    options.resolution = options.resolution or space["resolutions"][0]
    options.out.mkdir(parents=True, exist_ok=True)
    transform = training_transform(space, options.resolution, options.smallest_crop, not options.no_flip)
    images = read_part(options.data, "train", space, options.resolution, transform, flip=not options.no_flip)
    run = Run(space, options, device)
    run.load(processes)
    end = min(options.steps, options.stop_after or options.steps)
    say(f"{len(images)} images, {space['classes']} classes, {options.resolution} px; {processes} x {device.type}; steps {run.step} to {end}", flush=True)
    steps = Steps(len(images), options.batch, rank, processes, options.seed, run.step, end)
    began, first, reports = time.time(), run.step, []
    for batch in torch.utils.data.DataLoader(images, batch_sampler=steps, num_workers=options.workers, pin_memory=device.type == "cuda"):
        reports.append(run.advance(*batch, processes))
        if run.step % options.log_every == 0 or run.step == end:
            loss, hits = (sum(values) / len(values) for values in zip(*reports))
            pace = (time.time() - began) / (run.step - first)
            say(f"step {run.step}: largest subnet's loss {loss:.3f}, {100 * hits:.1f} % of training images right; {pace:.2f} s a step", flush=True)
            reports = []
        if rank == 0 and (run.step % options.save_every == 0 or run.step == end):
            run.save(processes)
    say(f"Done: {run.path}, {run.step} of {options.steps} steps.{' Next: python export.py' if run.step == options.steps else ''}", flush=True)
    leave(processes)


def main(arguments=None):
    options = read_options(arguments)
    if options.processes > 1 and not in_group():
        raise SystemExit(launch(options.processes))
    try:
        train(options)
    except InputError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
