"""Writes trained weights as an ONNX model, and as a plain state dict.

    python export.py runs/first/best.pt                       beside it: best.onnx, best.weights.pt
    python export.py runs/first/best.pt --onnx kitchen.onnx

The model takes images [N, 3, RESOLUTION, RESOLUTION], prepared as model.py says, and gives logits [N, classes]; the names
of the classes are in its metadata where the package onnx is there to write them.
"""

import argparse
import json
from pathlib import Path

import torch

import model


def load_network(path):
    """The trained network in evaluation, and the names of its classes."""
    saved = torch.load(path, map_location="cpu")
    network = model.ModelClass(len(saved["classes"]))
    network.load_state_dict(saved["network"])
    return network.eval(), saved["classes"]


def write_onnx(network, path):
    images = torch.zeros(1, 3, model.RESOLUTION, model.RESOLUTION)
    axes = {"input": {0: "batch"}, "logits": {0: "batch"}}
    torch.onnx.export(network, images, str(path), input_names=["input"], output_names=["logits"], dynamic_axes=axes)


def write_classes(path, classes):
    """Adds the names of the classes to the model's metadata; False without the package onnx."""
    try:
        import onnx
    except ImportError:
        return False
    made = onnx.load(path)
    onnx.helper.set_model_props(made, {"classes": json.dumps(classes)})
    onnx.save(made, path)
    return True


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Writes trained weights as an ONNX model.")
    parser.add_argument("checkpoint", type=Path, help="best.pt or checkpoint.pt of a training")
    parser.add_argument("--onnx", type=Path, help="file to write; default: beside the checkpoint")
    parser.add_argument("--weights", type=Path, help="state dict to write; default: beside the checkpoint")
    options = parser.parse_args(arguments)
    onnx = options.onnx or options.checkpoint.with_suffix(".onnx")
    weights = options.weights or options.checkpoint.with_suffix(".weights.pt")
    network, classes = load_network(options.checkpoint)
    write_onnx(network, onnx)
    named = write_classes(onnx, classes)
    torch.save(network.state_dict(), weights)
    print(f"{onnx}: {len(classes)} classes{'' if named else ', whose names are not in it: there is no package onnx'}")
    print(f"{weights}: {len(network.state_dict())} tensors")


if __name__ == "__main__":
    main()
