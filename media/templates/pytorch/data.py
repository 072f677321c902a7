"""Images for training and validation, from folders or drawn at random.

    DATA/train/CLASS/*.jpg         what the network learns from
    DATA/val/CLASS/*.jpg           what its accuracy is measured on (the folder may be called validation, too)

Classes are numbered in the order of their folders' names. For another source of images, return your own data sets here:
anything that `DataLoader` takes, with tensors [3, RESOLUTION, RESOLUTION] and labels from 0.
"""

from pathlib import Path

import torch
from torch.utils.data import Dataset
from torchvision import transforms
from torchvision.datasets import ImageFolder

from model import CLASSES, MEAN, RESIZE, RESOLUTION, STD

TO_TENSOR = (transforms.ToTensor(), transforms.Normalize(MEAN, STD))


def training_transform(smallest_crop, flip, jitter):
    """A random part of the image, perhaps mirrored, in slightly different colours, perhaps with a rectangle missing."""
    steps = [transforms.RandomResizedCrop(RESOLUTION, scale=(smallest_crop, 1.0))]
    if flip:
        steps.append(transforms.RandomHorizontalFlip())
    if jitter > 0:
        steps.append(transforms.ColorJitter(jitter, jitter, jitter))
    return transforms.Compose([*steps, *TO_TENSOR, transforms.RandomErasing(0.1)])


def evaluation_transform():
    """The shorter side to RESIZE, and RESOLUTION x RESOLUTION px from the centre."""
    return transforms.Compose([transforms.Resize(RESIZE), transforms.CenterCrop(RESOLUTION), *TO_TENSOR])


def read_images(folder, options):
    """Training images, validation images, and the names of the classes."""
    folder = Path(folder)
    names = [name for name in ("val", "validation") if (folder / name).is_dir()]
    if not (folder / "train").is_dir() or not names:
        raise SystemExit(f"{folder}: expected the folders train and val, each with a folder of images for every class.")
    transform = training_transform(options.smallest_crop, not options.no_flip, options.jitter)
    train = ImageFolder(folder / "train", transform)
    validation = ImageFolder(folder / names[0], evaluation_transform())
    if train.classes != validation.classes:
        different = sorted(set(train.classes) ^ set(validation.classes))
        raise SystemExit(f"{folder}: train and {names[0]} have different classes: {', '.join(different[:5])}.")
    return train, validation, train.classes


class RandomImages(Dataset):
    """Noise with random labels: teaches nothing, and shows whether the program runs."""

    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        generator = torch.Generator().manual_seed(index)
        image = torch.randn(3, RESOLUTION, RESOLUTION, generator=generator)
        return image, torch.randint(CLASSES, (), generator=generator).item()


def random_images(batch):
    """One batch for training, one for validation, and the names of the classes."""
    return RandomImages(batch), RandomImages(batch), [str(i) for i in range(CLASSES)]
