"""Several processes that train together: one for each GPU, or for each of some CPU cores."""

import os
import socket
import subprocess
import sys
import time

import torch
import torch.distributed as dist


def in_group():
    """Whether torchrun or `launch` started this process."""
    return "WORLD_SIZE" in os.environ


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def launch(processes):
    """Starts this program so many times on this machine, as torchrun would, and returns the first exit status that is not 0.

    CPU processes share the cores, and do not spin while they wait for one another.
    """
    threads = max(1, (os.cpu_count() or 1) // processes)
    group = {"WORLD_SIZE": str(processes), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port())}
    shared = {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE", **os.environ, **group}
    children = [
        subprocess.Popen([sys.executable, *sys.argv], env={**shared, "RANK": str(rank), "LOCAL_RANK": str(rank)}) for rank in range(processes)
    ]
    try:
        while any(child.poll() is None for child in children):
            failed = next((child.returncode for child in children if child.poll() not in (None, 0)), None)
            if failed is not None:
                return failed
            time.sleep(0.2)
        return next((child.returncode for child in children if child.returncode != 0), 0)
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()


def join(wanted):
    """(rank, processes, device) of this process; `wanted` is cuda, cpu or None for cuda where there is one."""
    processes, local = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("LOCAL_RANK", 0))
    cuda = torch.cuda.is_available() if wanted is None else wanted == "cuda"
    device = torch.device(f"cuda:{local}" if cuda else "cpu")
    if cuda:
        torch.cuda.set_device(device)
    if processes == 1:
        return 0, 1, device
    dist.init_process_group("nccl" if cuda else "gloo")
    return dist.get_rank(), processes, device


def leave(processes):
    if processes > 1:
        dist.destroy_process_group()


def average_gradients(model, processes):
    """Replaces every gradient by its mean over the processes, which all train the same subnets."""
    if processes == 1:
        return
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    dist.all_reduce(flat)
    flat /= processes
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients])):
        gradient.copy_(part.view_as(gradient))
