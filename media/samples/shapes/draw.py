"""Draws the sample's images: ten shapes, 32 px, among clutter, sheared, partly covered, noisy.

    python draw.py                     # writes data/{train,validation,calibration}.npz and data/classes.txt
    python draw.py --parts validation  # one part only
    python draw.py --out FOLDER

Every image is drawn from a seed of its own (seed, part, index), so any of them can be drawn again by itself. Shapes are
drawn four times as large and averaged down. Needs numpy and Pillow.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

CLASSES = ["triangle", "square", "pentagon", "hexagon", "circle", "star", "cross", "crescent", "arrow", "heart"]
PARTS = {"train": 12_000, "validation": 2_000, "calibration": 500}
SEED = 20
SIDE = 32
SCALE = 4
# Grey levels are multiples of this: noise in finer steps would triple the files and teach nothing.
LEVEL = 12


def regular(corners):
    angles = np.arange(corners) * 2 * np.pi / corners
    return np.stack([np.sin(angles), -np.cos(angles)], 1)


def star():
    radius = np.where(np.arange(10) % 2 == 0, 1.1, 0.5)
    return regular(10) * radius[:, None]


def cross():
    a, b = 1.0, 0.35
    return np.array([(-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a), (-b, b), (-a, b), (-a, -b), (-b, -b)])


def crescent():
    outer = regular(40)[2:39]
    inner = regular(40)[2:39][::-1] * [0.75, 0.75] + [0, -0.42]
    return np.concatenate([outer, inner])


def arrow():
    return np.array([(0, -1.1), (0.8, -0.1), (0.3, -0.1), (0.3, 1), (-0.3, 1), (-0.3, -0.1), (-0.8, -0.1)])


def heart():
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([x, -y - 2], 1) / 15


def outline(label):
    """Corners [n, 2] of a class's shape, about 1 from the origin."""
    polygons = [regular(3) * 1.1, regular(4), regular(5), regular(6), regular(40) * 0.92]
    return polygons[label] if label < 5 else [star, cross, crescent, arrow, heart][label - 5]()


def placed(points, rng, radius, centre):
    """Points sheared, stretched, turned by any angle, in supersampled pixels."""
    shear, stretch, angle = rng.uniform(-0.3, 0.3), rng.uniform(0.8, 1.25), rng.uniform(0, 2 * np.pi)
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.array([[cos, -sin], [sin, cos]]) @ np.array([[stretch, shear], [0, 1 / stretch]])
    moved = (points @ matrix.T * radius + centre) * SCALE
    return [(int(x), int(y)) for x, y in np.rint(moved)]


def colour_away_from(rng, others, distance):
    """A colour at least so far (0..255, mean over channels) from all others."""
    for _ in range(50):
        colour = rng.uniform(0, 255, 3)
        if all(np.abs(colour - other).mean() >= distance for other in others):
            break
    return colour


def paint(canvas, points, colour):
    canvas.polygon(points, fill=tuple(int(c) for c in colour))


def some_polygon(rng, centre, low, high):
    """A random polygon with 3 to 6 corners around a centre (px)."""
    corners = rng.integers(3, 7)
    return placed(regular(corners) * rng.uniform(0.5, 1, (corners, 1)), rng, rng.uniform(low, high), centre)


def label_of(part, index, seed=SEED):
    """Every ten images in a row hold every class once."""
    return int(np.random.default_rng([seed, list(PARTS).index(part), 1, index // 10]).permutation(10)[index % 10])


def draw(part, index, seed=SEED):
    """One image, uint8 [32, 32, 3], of class `label_of(part, index, seed)`."""
    rng = np.random.default_rng([seed, list(PARTS).index(part), 0, index])
    side = SIDE * SCALE
    ground = rng.uniform(0, 255, 3)
    image = Image.new("RGB", (side, side), tuple(int(c) for c in ground))
    canvas = ImageDraw.Draw(image)
    for _ in range(rng.integers(3, 8)):
        paint(canvas, some_polygon(rng, rng.uniform(0, SIDE, 2), 2, 8), ground + rng.normal(0, 35, 3))
    centre = SIDE / 2 + rng.uniform(-4.5, 4.5, 2)
    radius = rng.uniform(6.5, 12)
    colour = colour_away_from(rng, [ground], 55)
    paint(canvas, placed(outline(label_of(part, index, seed)), rng, radius, centre), colour)
    for _ in range(rng.integers(0, 3)):
        angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 1.2) * radius
        spot = centre + away * np.array([np.cos(angle), np.sin(angle)])
        paint(canvas, some_polygon(rng, spot, 1.5, 4), rng.uniform(0, 255, 3))
    pixels = np.asarray(image.reduce(SCALE), np.float64)
    light = 1 + rng.uniform(-0.25, 0.25) * (np.mgrid[0:SIDE, 0:SIDE][rng.integers(2)] / SIDE - 0.5)
    pixels = pixels * light[:, :, None] + rng.normal(0, rng.uniform(8, 26), pixels.shape)
    return (np.clip(np.rint(pixels / LEVEL), 0, 255 // LEVEL) * LEVEL).astype(np.uint8)


def draw_part(part, seed=SEED):
    """Images uint8 [N, 32, 32, 3] and labels int64 [N] of a part."""
    count = PARTS[part]
    return np.stack([draw(part, i, seed) for i in range(count)]), np.array([label_of(part, i, seed) for i in range(count)])


def main():
    parser = argparse.ArgumentParser(description="Draws the images of the sample.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "classes.txt").write_text("\n".join(CLASSES) + "\n")
    for part in options.parts:
        images, labels = draw_part(part, options.seed)
        # Calibration needs no labels, and has none.
        arrays = {"images": images} if part == "calibration" else {"images": images, "labels": labels.astype(np.uint8)}
        path = options.out / f"{part}.npz"
        np.savez_compressed(path, **arrays)
        print(f"{path}: {len(images)} images, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
