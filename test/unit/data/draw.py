"""Draws images of every kind that is read, and writes what PIL and torchvision make of them.

    python3 draw.py OUT [small]      writes OUT/*.jpg, OUT/*.png, OUT/expected.json; `small` for the committed fixtures

PIL writes no interlaced PNG, none with 16-bit RGB and none with 2-bit grey, so PNGs are written here, each row with a
filter drawn at random.
"""
import base64, json, math, struct, sys, zlib
import numpy as np
from PIL import Image
from torchvision import transforms

out, small = sys.argv[1], "small" in sys.argv[2:]
rng = np.random.default_rng(5)
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def drawing(width, height, channels=3):
    """Waves, an edge and some noise: what resampling and chroma differ on."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [127 + 90 * np.sin(x / (3 + 2 * c) + c) * np.cos(y / (4 + c)) for c in range(channels)]
    image = np.stack(waves, -1) + rng.normal(0, 12, (height, width, channels))
    image[(x + 2 * y) % 37 < 5] = [250, 20, 60, 128][:channels]
    return np.clip(image, 0, 255).astype(np.uint8)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def packed(row, depth):
    """Samples of a row [columns, channels] as bytes."""
    if depth == 16:
        return row.astype(">u2").tobytes()
    bits = np.unpackbits(row.astype(np.uint8).reshape(-1, 1), axis=1)[:, 8 - depth:]
    return np.packbits(bits.reshape(-1)).tobytes()


def filtered(kind, row, above, step):
    left = np.concatenate([np.zeros(step, int), row[:-step]])[: len(row)]
    corner = np.concatenate([np.zeros(step, int), above[:-step]])[: len(row)]
    estimate = left + above - corner
    a, b, c = abs(estimate - left), abs(estimate - above), abs(estimate - corner)
    paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, above, corner))
    return (row - [np.zeros_like(row), left, above, (left + above) // 2, paeth][kind]) % 256


def write_png(path, samples, depth, kind, interlaced=False, extra=b""):
    height, width = samples.shape[:2]
    samples = samples.reshape(height, width, -1)
    step = max(1, samples.shape[2] * depth // 8)
    raw = b""
    for left, top, across, down in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::down, left::across]
        if part.size == 0:
            continue
        above = None
        for row in part:
            now = np.frombuffer(packed(row, depth), np.uint8).astype(int)
            above = np.zeros_like(now) if above is None else above
            choice = int(rng.integers(5))
            raw += bytes([choice]) + filtered(choice, now, above, step).astype(np.uint8).tobytes()
            above = now
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    data = zlib.compress(raw, 9)
    half = len(data) // 2
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b""))


expected = []


def expect(name, resolution, share, image=None):
    """What torchvision's ImageFolder and transforms make of a file."""
    image = Image.open(f"{out}/{name}").convert("RGB") if image is None else image
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    cut = transforms.Compose([transforms.Resize(math.floor(resolution / share)), transforms.CenterCrop(resolution)])(image)
    entry = {"file": name, "resolution": resolution, "cropShare": share, "pixels": base64.b64encode(np.asarray(cut).tobytes()).decode()}
    if not small:
        tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize(mean, std)])(cut)
        entry["tensor"] = base64.b64encode(tensor.numpy().astype("<f4").tobytes()).decode()
    expected.append(entry)


def png(name, width, height, depth, kind, resolution, share, interlaced=False, extra=b"", colours=None):
    top = 2**depth if colours is None else colours
    if depth == 16:
        samples = drawing(width, height, CHANNELS[kind]).astype(int) * 256 + rng.integers(0, 256, (height, width, CHANNELS[kind]))
    else:
        samples = drawing(width, height, CHANNELS[kind]).astype(int) * top // 256
    write_png(f"{out}/{name}", samples, depth, kind, interlaced, extra)
    # PIL (before 10.3) clips 16-bit grey where we take the high byte, as it does itself for 16-bit RGB.
    own = Image.fromarray((samples[..., 0] // 256).astype(np.uint8)).convert("RGB") if (depth, kind) == (16, 0) else None
    expect(name, resolution, share, own)


def jpeg(name, width, height, resolution, share, grey=False, **options):
    image = Image.fromarray(drawing(width, height))
    (image.convert("L") if grey else image).save(f"{out}/{name}", **{"quality": 88, **options})
    expect(name, resolution, share)


palette = lambda n: chunk(b"PLTE", rng.integers(0, 256, 3 * n).astype(np.uint8).tobytes())
orientation = Image.Exif()
orientation[0x0112] = 6

# Width, height, resolution and share of the crop: shrinking, growing, square, upright, crops at a half pixel.
SIZES = [(21, 17, 12, 0.8)] if small else [(500, 375, 224, 0.875), (61, 48, 32, 1), (33, 100, 32, 0.875), (40, 40, 64, 0.875), (97, 31, 24, 0.77), (224, 256, 224, 1)]
for i, (w, h, r, share) in enumerate(SIZES):
    jpeg(f"{i}-420.jpg", w, h, r, share)
    jpeg(f"{i}-progressive.jpg", w, h, r, share, progressive=True, subsampling="4:2:2")
    jpeg(f"{i}-grey.jpg", w, h, r, share, grey=True)
    png(f"{i}-rgb.png", w, h, 8, 2, r, share)
    png(f"{i}-interlaced.png", w, h, 8, 6, r, share, interlaced=True)
    png(f"{i}-palette4.png", w, h, 4, 3, r, share, extra=palette(11) + chunk(b"tRNS", bytes([0, 128])), colours=11)
    if small:
        continue
    jpeg(f"{i}-444.jpg", w, h, r, share, subsampling="4:4:4", quality=97)
    jpeg(f"{i}-optimized.jpg", w, h, r, share, quality=30, optimize=True)
    jpeg(f"{i}-orientation.jpg", w, h, r, share, exif=orientation)
    for depth in (1, 2, 4, 8, 16):
        png(f"{i}-grey{depth}.png", w, h, depth, 0, r, share, interlaced=depth == 2)
    for depth in (1, 2, 8):
        png(f"{i}-palette{depth}.png", w, h, depth, 3, r, share, interlaced=depth == 1, extra=palette(2**depth))
    for depth, kind in ((16, 2), (8, 4), (16, 4), (16, 6), (8, 6)):
        png(f"{i}-{depth}-{kind}.png", w, h, depth, kind, r, share, interlaced=depth == 16)

Image.fromarray(drawing(24, 16)).convert("CMYK").save(f"{out}/cmyk.jpeg")
if small:
    png("small-grey16.png", 9, 11, 16, 0, 8, 1)
    jpeg("orientation.jpg", 16, 12, 8, 1, exif=orientation, quality=60)
    images = rng.integers(0, 256, (6, 8, 8, 3)).astype(np.uint8)
    np.savez(f"{out}/stored.npz", images=images, labels=np.array([0, 1, 2, 2, 1, 0]))
    np.savez_compressed(f"{out}/deflated.npz", images=images // 64, labels=np.array([2, 1, 0, 0, 1, 2], np.uint8))
with open(f"{out}/expected.json", "w") as file:
    json.dump(expected, file, indent=1 if small else None)
    file.write("\n")
