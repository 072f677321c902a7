"""Checks of the training kit that need PyTorch; each prints one JSON value, which kit.test.ts and sample.test.ts judge.

    python3 test/kit/checks.py CHECK ARGUMENTS...
"""

import json
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "media" / "templates" / "supernet"))
sys.path.insert(1, str(ROOT / "media" / "samples" / "shapes"))

import numpy as np
import torch

from elastic import ElasticNetwork
from space import largest, random_architecture, read_space, smallest
from subnet import kernel_of, load_network, subnet_state, without_counters
from tensorfile import read_tensors, write_tensors

torch.set_num_threads(1)


def lively(space, seed):
    """An elastic network in evaluation whose every tensor is random, so that no wrong slice looks like the right one."""
    torch.manual_seed(seed)
    network = ElasticNetwork(space).eval()
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if ".transforms." in name:
                tensor += 0.1 * torch.randn_like(tensor)
            elif name.endswith(("norm.weight", "running_var")):
                tensor.uniform_(0.5, 1.5)
            elif name.endswith(("bias", "running_mean")):
                tensor.normal_(0, 0.1)
    return network


def elastic(path, count):
    """Largest relative difference of logits, elastic network against plain network of the sliced state dict, and their spread."""
    space, rng = read_space(path), random.Random(7)
    network = lively(space, 3)
    images = torch.randn(2, 3, 32, 32)
    outputs, worst = [], 0.0
    for architecture in [smallest(space), largest(space), *(random_architecture(space, rng) for _ in range(int(count)))]:
        state = subnet_state(network.state_dict(), space, architecture)
        with torch.no_grad():
            ours, plain = network(images, architecture), load_network(space, architecture, state)(images)
        worst = max(worst, ((ours - plain).abs().max() / plain.abs().max()).item())
        outputs.append(plain)
    # Different architectures must say different things, or the comparison would prove nothing.
    nearest = min((a - b).abs().max().item() for i, a in enumerate(outputs) for b in outputs[:i])
    return {"worst": worst, "nearest": nearest, "subnets": len(outputs)}


def names(path):
    """Names and shapes of an elastic network's tensors."""
    return {name: list(tensor.shape) for name, tensor in without_counters(ElasticNetwork(read_space(path)).state_dict()).items()}


def training(path):
    """The same in training mode: both normalise by the batch. Gradients reach every tensor of the largest subnet."""
    space = read_space(path)
    network = lively(space, 4).train()
    images = torch.randn(4, 3, 32, 32)
    architecture = random_architecture(space, random.Random(2))
    plain = load_network(space, architecture, subnet_state(network.state_dict(), space, architecture)).train()
    before = {name: tensor.clone() for name, tensor in network.named_buffers()}
    difference = (network(images, architecture) - plain(images)).abs().max().item()
    network(images).sum().backward()
    kept = all(torch.equal(tensor, before[name]) for name, tensor in network.named_buffers())
    idle = [name for name, p in network.named_parameters() if p.grad is None]
    return {"difference": difference, "statisticsKept": kept, "withoutGradient": idle}


def kernels():
    """Filters made smaller, against the format's formula written out as loops."""
    torch.manual_seed(1)
    weight = torch.randn(3, 1, 7, 7, dtype=torch.float64)
    steps = {"5to3": torch.randn(9, 9, dtype=torch.float64), "7to5": torch.randn(25, 25, dtype=torch.float64)}
    found, worst = weight, 0.0
    for side, small in ((7, 5), (5, 3)):
        matrix, edge, n = steps[f"{side}to{small}"], (side - small) // 2, small * small
        expected = torch.zeros(3, 1, small, small, dtype=torch.float64)
        for channel in range(3):
            crop = [found[channel, 0, edge + j // small, edge + j % small] for j in range(n)]
            for i in range(n):
                expected[channel, 0, i // small, i % small] = sum(matrix[i, j] * crop[j] for j in range(n))
        worst = max(worst, (kernel_of(weight, small, steps) - expected).abs().max().item())
        found = expected
    return worst


def recalibration(path):
    """Running statistics after recalibration, against means of the batches' own means and unbiased variances."""
    from calibrate import batch_bounds, recalibrate

    space = read_space(path)
    architecture = random_architecture(space, random.Random(3))
    network = load_network(space, architecture, subnet_state(lively(space, 5).state_dict(), space, architecture))
    images = torch.randn(25, 3, 32, 32)
    seen = {name: [] for name, layer in network.named_modules() if isinstance(layer, torch.nn.BatchNorm2d)}
    hooks = [network.get_submodule(name).register_forward_hook(lambda _, x, __, name=name: seen[name].append(x[0])) for name in seen]
    recalibrate(network, [images[a:b] for a, b in batch_bounds(25, 10)])
    for hook in hooks:
        hook.remove()
    worst = 0.0
    for name, batches in seen.items():
        norm = network.get_submodule(name)
        mean = torch.stack([x.double().mean((0, 2, 3)) for x in batches]).mean(0)
        variance = torch.stack([x.double().var((0, 2, 3), unbiased=True) for x in batches]).mean(0)
        worst = max(worst, (norm.running_mean - mean).abs().max().item(), ((norm.running_var - variance) / variance).abs().max().item())
    momenta = {network.get_submodule(name).momentum for name in seen}
    return {"worst": worst, "layers": len(seen), "bounds": batch_bounds(25, 10), "momenta": sorted(momenta), "training": network.training}


def average():
    """Run by two processes: gradients 1 and 2 become 1.5 in both; a parameter without a gradient stays without."""
    from distributed import average_gradients, join

    rank, processes, _ = join("cpu")
    layer = torch.nn.Linear(3, 2)
    layer.weight.grad = torch.full((2, 3), float(rank + 1))
    average_gradients(layer, processes)
    return {"rank": rank, "gradient": layer.weight.grad.unique().tolist(), "bias": layer.bias.grad}


def launched():
    from distributed import in_group, launch

    if not in_group():
        sys.exit(launch(2))
    return average()


def same(first, second):
    """Largest difference of two checkpoints' weights and moments, and how far training moved the weights."""
    a, b = (torch.load(path) for path in (first, second))
    one, other = a["optimizer"]["state"], b["optimizer"]["state"]
    moments = [(one[k][m], other[k][m]) for k in one.keys() & other.keys() for m in ("exp_avg", "exp_avg_sq")]
    weights = [(tensor, b["model"][name]) for name, tensor in a["model"].items()]
    start = {name: p.detach() for name, p in seeded(a).named_parameters()}
    return {
        "steps": [a["step"], b["step"]],
        "weights": max((x - y).abs().max().item() for x, y in weights),
        "momentsOfSame": one.keys() == other.keys(),
        "difference": max((x - y).abs().max().item() for x, y in weights + moments),
        "moved": max((a["model"][name] - p).abs().max().item() for name, p in start.items()),
    }


def seeded(checkpoint):
    torch.manual_seed(checkpoint["recipe"]["seed"])
    return ElasticNetwork(checkpoint["space"])


def tiny_data(path, folder):
    """Data of two kinds made of the sample's images, 24 of each part: folder/arrays and folder/files."""
    import draw
    from PIL import Image

    space, folder = read_space(path), Path(folder)
    (folder / "arrays").mkdir(parents=True)
    names = [f"class{i}" for i in range(space["classes"])]
    for part in draw.PARTS:
        images, labels = zip(*((draw.draw(part, i), draw.label_of(part, i)) for i in range(24)))
        arrays = {"images": np.stack(images), "labels": np.array(labels)}
        np.savez(folder / "arrays" / f"{part}.npz", **({"images": arrays["images"]} if part == "calibration" else arrays))
        for name in names:
            (folder / "files" / part / name).mkdir(parents=True)
        for i, (image, label) in enumerate(zip(images, labels)):
            Image.fromarray(image).save(folder / "files" / part / names[label] / f"{i}.png")
    return {"images": 24}


def parts(path, folder):
    """Whether arrays and files give the same images and labels, in evaluation."""
    from data import calibration_images, read_part

    space, result = read_space(path), {}
    for part in ("validation", "train"):
        arrays, files = (read_part(Path(folder) / kind, part, space, 32) for kind in ("arrays", "files"))
        order = [int(p.stem) for p in files.sources]
        pairs = [(files[i], arrays[n]) for i, n in enumerate(order)]
        result[part] = all(torch.equal(a, b) and x == y for (a, x), (b, y) in pairs)
    shape = list(calibration_images(Path(folder) / "files", space, 32, 7)[6][0].shape)
    return {**result, "calibration": shape, "classes": files.classes}


def arrays(folder):
    """Normalised float32 .npy pairs come back as they are, labels too; and what is refused."""
    from data import read_part
    from space import InputError

    space, folder = {"classes": 3, "preprocessing": {"mean": [9, 9, 9], "std": [2, 2, 2], "cropShare": 1}}, Path(folder)
    folder.mkdir()
    images, labels = np.random.default_rng(1).normal(size=(4, 3, 8, 8)).astype(np.float32), np.array([0, 2, 1, 2], np.uint8)
    np.save(folder / "validation.images.npy", images)
    np.save(folder / "validation.labels.npy", labels)
    part = read_part(folder, "validation", space, 8)
    same = all(np.array_equal(part[i][0].numpy(), images[i]) and part[i][1] == labels[i] for i in range(4))
    refused = []
    for resolution, classes in ((16, 3), (8, 2)):
        try:
            read_part(folder, "validation", {**space, "classes": classes}, resolution)
        except InputError as error:
            refused.append(str(error))
    return {"same": same, "refused": refused}


def geometry():
    """Resize and crop of an image 100 x 60, against torchvision's own functions; R 32, cropShare 0.875 gives side 36."""
    from data import evaluation_transform
    from PIL import Image
    from torchvision.transforms import functional as T

    space = {"preprocessing": {"mean": [0.1, 0.2, 0.3], "std": [0.5, 0.6, 0.7], "cropShare": 0.875}}
    image = Image.fromarray(np.random.default_rng(0).integers(0, 256, (60, 100, 3), dtype=np.uint8))
    # The centre of 60 x 36: 14 px from the left, 2 from the top.
    small = np.asarray(image.resize((60, 36), Image.BILINEAR), np.float32)[2:34, 14:46] / 255
    expected = (small - np.float32([0.1, 0.2, 0.3])) / np.float32([0.5, 0.6, 0.7])
    found = evaluation_transform(space, 32)(image)
    return {"shape": list(found.shape), "worst": float(np.abs(found.numpy() - expected.transpose(2, 0, 1)).max())}


def safetensors(path):
    """Every type there and back, through the kit's own reader."""
    torch.manual_seed(0)
    tensors = {"a": torch.randn(2, 3), "b": torch.randn(4).half(), "c": torch.randn(1, 1, 2).bfloat16(), "e": torch.zeros(0, 3), "s": torch.tensor(2.5)}
    write_tensors(path, tensors, {"note": "ä"})
    found, metadata = read_tensors(path)
    return {"same": all(torch.equal(found[k], v) and found[k].dtype == v.dtype for k, v in tensors.items()), "count": len(found), "metadata": metadata}


def without(source, name, target):
    """A copy of a tensor file that lacks one tensor."""
    tensors, metadata = read_tensors(source)
    del tensors[name]
    write_tensors(target, tensors, metadata)
    return len(tensors)


def state_dict(space_path, supernet, config, target):
    """The plain state dict of a config's subnet as a file."""
    from space import read_architecture

    space = read_space(space_path)
    state = subnet_state(read_tensors(supernet)[0], space, read_architecture(config, space)[0])
    write_tensors(target, state, {})
    return sorted(without_counters(state))


def sample():
    """Arrays of the committed sample, and whether draw.py draws their first images again."""
    import draw

    result = {}
    for part in ("validation", "calibration"):
        with np.load(ROOT / "media" / "samples" / "shapes" / "data" / f"{part}.npz") as arrays:
            images = arrays["images"]
            labels = arrays["labels"].tolist() if "labels" in arrays.files else None
        again = [draw.draw(part, i) for i in range(20)]
        result[part] = {
            "shape": list(images.shape),
            "type": str(images.dtype),
            "redrawn": [image.tobytes() for image in again] == [image.tobytes() for image in images[:20]],
            "different": len({image.tobytes() for image in images}),
            "perClass": None if labels is None else [labels.count(i) for i in range(len(draw.CLASSES))],
            "relabelled": labels is None or [draw.label_of(part, i) for i in range(len(labels))] == labels,
        }
    return {**result, "classes": draw.CLASSES}


if __name__ == "__main__":
    # In one piece: print writes the end of the line apart, and two processes may share an unbuffered pipe.
    sys.stdout.write(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])) + "\n")
