"""Images for training, validation and calibration, from folders or from arrays.

    DIR/train/CLASS/*.jpg|.jpeg|.png, DIR/validation/CLASS/... (or val), DIR/calibration/**  (any folders, no labels needed)
    DIR/train.npz, DIR/validation.npz (arrays `images`, `labels`), DIR/calibration.npz (`images`), DIR/classes.txt
    DIR/validation.images.npy, DIR/validation.labels.npy, ...                               the same as .npy files

uint8 arrays are [N, H, W, 3], RGB; float32 arrays are [N, 3, R, R], already normalised. Classes of folders are numbered in
the order of their names, as torchvision's ImageFolder does. Where there is no calibration part, training images serve.
"""

import math
import zipfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision import transforms

from space import InputError, preprocessing

EXTENSIONS = {".jpg", ".jpeg", ".png"}
FOLDERS = {"train": ["train"], "validation": ["validation", "val"], "calibration": ["calibration"]}


def evaluation_transform(space, resolution):
    """Shorter side to R / cropShare, R x R from the centre, normalised: as FOX-NAS does it."""
    how = preprocessing(space)
    side = math.floor(resolution / how["cropShare"])
    return transforms.Compose(
        [
            transforms.Resize(side),
            transforms.CenterCrop(resolution),
            transforms.ToTensor(),
            transforms.Normalize(how["mean"], how["std"]),
        ]
    )


def training_transform(space, resolution, smallest_crop=0.35, flip=True):
    """A random part of the image, `smallest_crop` to 1 of its area, and perhaps its mirror image."""
    how = preprocessing(space)
    steps = [transforms.RandomResizedCrop(resolution, scale=(smallest_crop, 1.0))]
    if flip:
        steps.append(transforms.RandomHorizontalFlip())
    return transforms.Compose([*steps, transforms.ToTensor(), transforms.Normalize(how["mean"], how["std"])])


class Images:
    """A part of the data: `self[i]` is (tensor [3, R, R], label); the label is -1 where the part has none.

    `self[(i, seed)]` draws the augmentation of that seed, so that a resumed training sees the images it would have seen.
    """

    def __init__(self, sources, labels, transform, classes, flip=False):
        self.sources, self.labels, self.transform, self.classes, self.flip = sources, labels, transform, classes, flip

    def __len__(self):
        return len(self.sources)

    def __getitem__(self, key):
        index, seed = key if isinstance(key, tuple) else (key, None)
        if seed is not None:
            torch.default_generator.manual_seed(seed)
        label = -1 if self.labels is None else int(self.labels[index])
        source = self.sources[index]
        if isinstance(source, np.ndarray) and source.dtype == np.float32:
            image = torch.from_numpy(source.copy())
            return (image.flip(2) if self.flip and torch.rand(1) < 0.5 else image), label
        return self.transform(self._decode(source)), label

    @staticmethod
    def _decode(source):
        if isinstance(source, np.ndarray):
            return Image.fromarray(source)
        try:
            with Image.open(source) as image:
                return image.convert("RGB")
        except OSError as error:
            raise InputError(f"{source}: is not an image that can be read ({error}).") from None

    def subset(self, indices):
        """The images of these indices, in this order."""
        labels = None if self.labels is None else [self.labels[i] for i in indices]
        return Images([self.sources[i] for i in indices], labels, self.transform, self.classes, self.flip)


def _read_arrays(directory, part):
    """(images, labels or None) of a part kept as arrays, or None."""
    packed, images, labels = (directory / f"{part}.{ending}" for ending in ("npz", "images.npy", "labels.npy"))
    try:
        if packed.exists():
            with np.load(packed) as arrays:
                if "images" not in arrays.files:
                    raise InputError(f"{packed}: found arrays {', '.join(arrays.files)}, expected `images`.")
                return arrays["images"], arrays["labels"] if "labels" in arrays.files else None
        if images.exists():
            return np.load(images, mmap_mode="r"), np.load(labels) if labels.exists() else None
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(f"{directory}: the arrays of {part} cannot be read ({error}). Expected files of numpy.savez or numpy.save.") from None
    return None


def _check_arrays(where, images, labels, resolution, classes):
    floats = images.dtype == np.float32 and images.ndim == 4 and images.shape[1:] == (3, resolution, resolution)
    if not floats and not (images.dtype == np.uint8 and images.ndim == 4 and images.shape[3] == 3):
        raise InputError(
            f"{where}: found images {images.dtype} {list(images.shape)}, expected uint8 [N, H, W, 3] or float32 [N, 3, {resolution}, {resolution}]."
        )
    if labels is not None and (len(labels) != len(images) or labels.min() < 0 or labels.max() >= classes):
        raise InputError(f"{where}: found {len(labels)} labels {labels.min()}..{labels.max()}, expected {len(images)} from 0 to {classes - 1}.")


def _folder(directory, part, classes):
    """(paths, labels or None, class names) of a part kept as image files, or None."""
    root = next((directory / name for name in FOLDERS[part] if (directory / name).is_dir()), None)
    if root is None:
        return None
    paths = sorted(p for p in root.rglob("*") if p.suffix.lower() in EXTENSIONS and p.is_file())
    if not paths:
        raise InputError(f"{root}: found no images, expected .jpg, .jpeg or .png files.")
    if part == "calibration":
        return paths, None, None
    names = sorted(p.name for p in root.iterdir() if p.is_dir())
    if len(names) != classes:
        raise InputError(f"{root}: found {len(names)} class folders, expected the {classes} classes of the space.")
    inside = [p for p in paths if p.parent != root]
    return inside, [names.index(p.relative_to(root).parts[0]) for p in inside], names


def read_part(directory, part, space, resolution, transform=None, flip=False):
    """Images of a part; `transform` is the evaluation's where none is given. Raises InputError."""
    directory = Path(directory)
    transform = transform or evaluation_transform(space, resolution)
    arrays = _read_arrays(directory, part)
    if arrays is not None:
        _check_arrays(f"{directory}: {part}", *arrays, resolution, space["classes"])
        names = directory / "classes.txt"
        classes = names.read_text().split("\n")[: space["classes"]] if names.exists() else None
        found = Images(*arrays, transform, classes, flip)
    else:
        files = _folder(directory, part, space["classes"])
        if files is None:
            raise InputError(f"{directory}: found no {part} part, expected {part}.npz, {part}.images.npy or a folder {part}.")
        found = Images(files[0], files[1], transform, files[2], flip)
    if part != "calibration" and found.labels is None:
        raise InputError(f"{directory}: {part} has no labels, expected an array `labels`.")
    return found


def calibration_images(directory, space, resolution, count=None, seed=0):
    """The first `count` calibration images; where there is no such part, training images in a seeded order."""
    directory = Path(directory)
    if _read_arrays(directory, "calibration") is not None or (directory / "calibration").is_dir():
        images = read_part(directory, "calibration", space, resolution)
        return images if count is None or count >= len(images) else images.subset(range(count))
    images = read_part(directory, "train", space, resolution)
    order = np.random.default_rng(seed).permutation(len(images))
    return images.subset([int(i) for i in order[: 1000 if count is None else count]])


def stacked(images, begin, end):
    """Images begin..end as one tensor [end - begin, 3, R, R], and their labels."""
    pairs = [images[i] for i in range(begin, end)]
    return torch.stack([image for image, _ in pairs]), torch.tensor([label for _, label in pairs])
