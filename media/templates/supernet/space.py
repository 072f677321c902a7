"""Search spaces and architectures: reads `*.space.json` and `*.foxnas.json`, checks them, and says what blocks they mean.

An architecture is a list with one entry per stage: `{"width": 24, "blocks": [{"expand": 6, "kernel": 7}, ...]}`, as in a
config file. Nothing here needs PyTorch.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

ACTIVATIONS = ("relu", "hswish")
IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "cropShare": 0.875}


class InputError(Exception):
    """Something about a file that its owner has to put right; the message says what, where, found, expected."""


@dataclass(frozen=True)
class Block:
    """An inverted residual block: expand 1x1, depthwise, squeeze-excite, project 1x1; channel counts are rounded."""

    input: int
    expanded: int
    output: int
    kernel: int
    stride: int
    activation: str
    squeeze: int  # channels of the squeeze-excite; 0 leaves it out
    has_expand: bool  # without the expanding convolution, `expanded` is `input`

    @property
    def residual(self):
        return self.stride == 1 and self.input == self.output


def round_width(width, multiple):
    """Rounds a channel count to a multiple, never below 90 % of it (make_divisible of MobileNet)."""
    rounded = max(multiple, math.floor((width + multiple / 2) / multiple) * multiple)
    return rounded + multiple if rounded < 0.9 * width else rounded


def make_block(space, input, output, expand, kernel, stride, activation, squeeze_excite):
    multiple = space["widthMultiple"]
    expanded = input if expand == 1 else round_width(input * expand, multiple)
    squeeze = round_width(expanded * space["squeezeExciteRatio"], multiple) if squeeze_excite else 0
    return Block(input, expanded, output, kernel, stride, activation, squeeze, expand != 1)


def first_block(space):
    """The fixed block before the first stage."""
    first = space["first"]
    return make_block(
        space, space["stem"]["width"], first["width"], first["expand"], first["kernel"], 1, first["activation"], first["squeezeExcite"]
    )


def stage_blocks(space, architecture):
    """The blocks of every stage: a list of lists of `Block`. The first of a stage carries its stride and width change."""
    width, stages = space["first"]["width"], []
    for stage, choice in zip(space["stages"], architecture):
        blocks = []
        for i, block in enumerate(choice["blocks"]):
            stride = stage["stride"] if i == 0 else 1
            blocks.append(
                make_block(space, width, stage["width"], block["expand"], block["kernel"], stride, stage["activation"], stage["squeezeExcite"])
            )
            width = stage["width"]
        stages.append(blocks)
    return stages


def uniform(space, pick):
    """The architecture whose depth, expand and kernel are `pick`ed from their choices, e.g. `uniform(space, max)`."""
    return [
        {"width": s["width"], "blocks": [{"expand": pick(s["expand"]), "kernel": pick(s["kernel"])} for _ in range(pick(s["depth"]))]}
        for s in space["stages"]
    ]


def largest(space):
    return uniform(space, max)


def smallest(space):
    return uniform(space, min)


def random_architecture(space, random):
    """Depth of every stage, expand and kernel of every block drawn evenly. `random`: a `random.Random`."""
    return uniform(space, random.choice)


def preprocessing(space):
    return space.get("preprocessing", IMAGENET)


def read_json(path):
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None
    except ValueError as error:
        raise InputError(f"{path}: is not JSON ({error}).") from None


def _number(where, value, low, high, whole=True):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high or (whole and value != int(value)):
        raise InputError(f"{where}: found {value!r}, expected a {'whole ' if whole else ''}number from {low} to {high}.")


def _one_of(where, value, choices):
    if value not in choices:
        raise InputError(f"{where}: found {value!r}, expected one of {', '.join(map(str, choices))}.")


def _layer(where, layer, *, kernel=True):
    _number(f"{where}.width", layer["width"], 1, 65536)
    _one_of(f"{where}.activation", layer["activation"], ACTIVATIONS)
    if kernel:
        _number(f"{where}.kernel", layer["kernel"], 1, 31)


def _stage(where, stage):
    _layer(where, stage, kernel=False)
    _one_of(f"{where}.stride", stage["stride"], (1, 2))
    for key, high in (("depth", 8), ("expand", 16), ("kernel", 31)):
        choices = stage[key]
        if not isinstance(choices, list) or not choices or choices != sorted(set(choices)):
            raise InputError(f"{where}.{key}: found {choices!r}, expected rising choices without repeats.")
        for choice in choices:
            _number(f"{where}.{key}", choice, 1, high, whole=key != "expand")
    if any(k % 2 == 0 for k in stage["kernel"]):
        raise InputError(f"{where}.kernel: found {stage['kernel']}, expected odd kernel sizes.")


def check_space(space, name="space"):
    """Checks what the network needs of a space; raises InputError naming the place, or returns the space."""
    try:
        _one_of(f"{name}: version", space["version"], (1,))
        _number(f"{name}: classes", space["classes"], 2, 1_000_000)
        _layer(f"{name}: stem", space["stem"])
        _one_of(f"{name}: stem.stride", space["stem"]["stride"], (1, 2))
        _layer(f"{name}: first", space["first"])
        _number(f"{name}: first.expand", space["first"]["expand"], 1, 16, whole=False)
        if not isinstance(space["id"], str):
            raise InputError(f"{name}: id: found {space['id']!r}, expected a text.")
        for i, stage in enumerate(space["stages"]):
            _stage(f"{name}: stages[{i}]", stage)
        widths = [stage["width"] for stage in space["stages"]]
        if not widths or len(set(widths)) < len(widths):
            raise InputError(f"{name}: stages: found the widths {widths}, expected stages of different widths.")
        _layer(f"{name}: head", space["head"], kernel=False)
        _number(f"{name}: head.features", space["head"]["features"], 1, 65536)
        _number(f"{name}: squeezeExciteRatio", space["squeezeExciteRatio"], 0.01, 1, whole=False)
        _number(f"{name}: widthMultiple", space["widthMultiple"], 1, 64)
        _number(f"{name}: resolutions[0]", space["resolutions"][0], 8, 4096)
        for i, std in enumerate(preprocessing(space)["std"]):
            _number(f"{name}: preprocessing.std[{i}]", std, 1e-6, 1e6, whole=False)
    except (KeyError, IndexError, TypeError) as error:
        raise InputError(f"{name}: is not a search space: {type(error).__name__} {error}. Expected the fields of space.schema.json.") from None
    return space


def read_space(path):
    return check_space(read_json(path), str(path))


def read_architecture(path, space):
    """Reads a `*.foxnas.json` config. Returns (stages, resolution); raises InputError where the space lacks a choice."""
    config = read_json(path)
    try:
        _one_of(f"{path}: space", config["space"], (space["id"],))
        if len(config["stages"]) != len(space["stages"]):
            raise InputError(f"{path}: found {len(config['stages'])} stages, expected the {len(space['stages'])} of {space['id']}.")
        for i, (stage, choice) in enumerate(zip(space["stages"], config["stages"])):
            _one_of(f"{path}: stages[{i}].width", choice["width"], (stage["width"],))
            _one_of(f"{path}: stages[{i}].blocks, their number", len(choice["blocks"]), stage["depth"])
            for j, block in enumerate(choice["blocks"]):
                for key in ("expand", "kernel"):
                    _one_of(f"{path}: stages[{i}].blocks[{j}].{key}", block[key], stage[key])
        return config["stages"], config["resolution"]
    except (KeyError, TypeError) as error:
        raise InputError(f"{path}: is not an architecture config: {type(error).__name__} {error}.") from None
