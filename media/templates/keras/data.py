"""Images for training and validation, from folders or drawn at random.

    DATA/train/CLASS/*.jpg         what the network learns from
    DATA/val/CLASS/*.jpg           what its accuracy is measured on (the folder may be called validation, too)

Classes are numbered in the order of their folders' names. For another source of images, return your own data sets here:
anything that `Model.fit` takes, with images [N, RESOLUTION, RESOLUTION, 3] and one-hot labels [N, classes].
"""

import math
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from model import CLASSES, MEAN, RESIZE, RESOLUTION, STD

ENDINGS = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}


def normalised(image):
    """An RGB image as the network's input, [RESOLUTION, RESOLUTION, 3]."""
    return (np.asarray(image, "float32") / 255 - np.float32(MEAN)) / np.float32(STD)


def evaluation_image(image):
    """The shorter side to RESIZE, and RESOLUTION x RESOLUTION px from the centre."""
    scale = RESIZE / min(image.size)
    width, height = (max(RESIZE, int(scale * side)) for side in image.size)
    left, top = round((width - RESOLUTION) / 2), round((height - RESOLUTION) / 2)
    image = image.resize((width, height), Image.Resampling.BILINEAR)
    return normalised(image.crop((left, top, left + RESOLUTION, top + RESOLUTION)))


def training_image(image, random, options):
    """A random part of the image, perhaps mirrored, brighter or darker, with more or less contrast."""
    width, height = image.size
    area = width * height * random.uniform(options.smallest_crop, 1)
    ratio = math.exp(random.uniform(math.log(3 / 4), math.log(4 / 3)))
    wide, high = min(width, math.sqrt(area * ratio)), min(height, math.sqrt(area / ratio))
    left, top = random.uniform(0, width - wide), random.uniform(0, height - high)
    image = image.resize((RESOLUTION, RESOLUTION), Image.Resampling.BILINEAR, (left, top, left + wide, top + high))
    if not options.no_flip and random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    values = normalised(image) * random.uniform(1 - options.jitter, 1 + options.jitter)
    return (values + random.uniform(-options.jitter, options.jitter)).astype("float32")


class FolderImages(keras.utils.PyDataset):
    """Batches of the images of DATA/train or DATA/val; training images are shuffled and varied."""

    def __init__(self, folder, options, training):
        super().__init__(workers=options.workers)
        self.options, self.training, self.epoch = options, training, 0
        self.classes = sorted(path.name for path in folder.iterdir() if path.is_dir())
        found = [(path, label) for label, name in enumerate(self.classes) for path in sorted((folder / name).rglob("*"))]
        self.files = [(path, label) for path, label in found if path.suffix.lower() in ENDINGS]
        if not self.files:
            raise SystemExit(f"{folder}: found no images, expected a folder of images for every class.")
        self.order = np.arange(len(self.files))
        self.begin_epoch(0)

    def __len__(self):
        batch = self.options.batch
        return len(self.files) // batch if self.training else math.ceil(len(self.files) / batch)

    def begin_epoch(self, epoch):
        """An epoch's order and crops depend on its number alone: also after an interruption."""
        self.epoch = epoch
        if self.training:
            self.order = np.random.default_rng((self.options.seed, epoch)).permutation(len(self.files))

    def image(self, index):
        with Image.open(self.files[index][0]) as opened:
            image = opened.convert("RGB")
        if not self.training:
            return evaluation_image(image)
        return training_image(image, np.random.default_rng((self.options.seed, self.epoch, index)), self.options)

    def __getitem__(self, batch):
        chosen = self.order[batch * self.options.batch : (batch + 1) * self.options.batch]
        labels = np.array([self.files[i][1] for i in chosen])
        return np.stack([self.image(int(i)) for i in chosen]), np.eye(len(self.classes), dtype="float32")[labels]


def read_images(folder, options):
    """Training images, validation images, and the names of the classes."""
    folder = Path(folder)
    names = [name for name in ("val", "validation") if (folder / name).is_dir()]
    if not (folder / "train").is_dir() or not names:
        raise SystemExit(f"{folder}: expected the folders train and val, each with a folder of images for every class.")
    train, validation = FolderImages(folder / "train", options, True), FolderImages(folder / names[0], options, False)
    if train.classes != validation.classes:
        different = sorted(set(train.classes) ^ set(validation.classes))
        raise SystemExit(f"{folder}: train and {names[0]} have different classes: {', '.join(different[:5])}.")
    if len(train) == 0 and not options.evaluate:
        raise SystemExit(f"{folder}: there are {len(train.files)} training images, fewer than a batch. Choose a smaller --batch.")
    return train, validation, train.classes


class RandomImages(keras.utils.PyDataset):
    """One batch of noise with random labels: teaches nothing, and shows whether the program runs."""

    def __init__(self, seed, options):
        super().__init__()
        self.seed, self.batch = seed, options.batch

    def __len__(self):
        return 1

    def begin_epoch(self, epoch):
        pass

    def __getitem__(self, _):
        random = np.random.default_rng(self.seed)
        images = random.standard_normal((self.batch, RESOLUTION, RESOLUTION, 3), "float32")
        return images, np.eye(CLASSES, dtype="float32")[random.integers(CLASSES, size=self.batch)]


def random_images(options):
    """One batch for training, one for validation, and the names of the classes."""
    return RandomImages(1, options), RandomImages(2, options), [str(i) for i in range(CLASSES)]
