"""Reads and writes `.safetensors` files: 8 bytes of header length, a JSON header, raw little-endian numbers.

The package `safetensors` does the same; this is here so that the kit needs only torch, torchvision and numpy.
"""

import json
import os
import struct

import torch

from space import InputError

TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def write_tensors(path, tensors, metadata):
    """Writes tensors `{name: tensor}` (float32, float16 or bfloat16) and metadata `{str: str}`; the file appears whole or not at all."""
    header, blobs, offset = {"__metadata__": dict(metadata)}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    partial = f"{path}.partial"
    with open(partial, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(blobs)
    os.replace(partial, path)


def read_tensors(path):
    """Returns ({name: tensor}, metadata); raises InputError for what is not a whole safetensors file."""
    try:
        with open(path, "rb") as file:
            data = bytearray(file.read())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        (length,) = struct.unpack("<Q", data[:8])
        header = json.loads(bytes(data[8 : 8 + length]))
    except (struct.error, ValueError) as error:
        raise InputError(f"{path}: is not a safetensors file ({error}).") from None
    metadata, start, tensors = header.pop("__metadata__", {}), 8 + length, {}
    for name, entry in header.items():
        if entry["dtype"] not in TYPES:
            raise InputError(f"{path}: tensor {name}: found type {entry['dtype']}, expected one of {', '.join(TYPES)}.")
        dtype, shape, (begin, end) = TYPES[entry["dtype"]], entry["shape"], entry["data_offsets"]
        count = torch.Size(shape).numel()
        size = torch.empty(0, dtype=dtype).element_size() * count
        if end - begin != size or start + end > len(data):
            raise InputError(f"{path}: tensor {name}: found bytes {begin} to {end} of {len(data) - start}, expected {size} for shape {shape}.")
        tensors[name] = torch.frombuffer(data, dtype=dtype, count=count, offset=start + begin).reshape(shape).clone() if count else torch.empty(shape, dtype=dtype)
    return tensors, metadata
