"""Writes a trained model without what only training needs, and for other programs.

    python export.py runs/first/best.keras                    beside it: best.model.keras
    python export.py runs/first/best.keras --saved-model DIR  a TensorFlow SavedModel as well (needs tensorflow)
    python export.py runs/first/best.keras --onnx FILE        an ONNX model as well (needs the packages that Keras names)

The model takes images [N, RESOLUTION, RESOLUTION, 3], prepared as model.py says, and gives logits [N, classes].
"""

import argparse
import json
from pathlib import Path

import keras

import model


def load_network(path):
    """The trained network in float32, without its optimizer, and the names of its classes."""
    classes = json.loads((path.parent / "classes.json").read_text(encoding="utf-8"))
    trained = keras.models.load_model(path, compile=False)
    network = model.build_model(len(classes))
    network.set_weights(trained.get_weights())
    return network, classes


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Writes a trained model for other programs.")
    parser.add_argument("checkpoint", type=Path, help="best.keras or checkpoint.keras of a training")
    parser.add_argument("--model", type=Path, help="file to write, *.keras; default: beside the checkpoint")
    parser.add_argument("--saved-model", type=Path, help="folder to write a TensorFlow SavedModel to")
    parser.add_argument("--onnx", type=Path, help="file to write an ONNX model to")
    options = parser.parse_args(arguments)
    path = options.model or options.checkpoint.with_suffix(".model.keras")
    network, classes = load_network(options.checkpoint)
    network.save(path)
    print(f"{path}: {len(classes)} classes, output {network.output_shape}")
    for format, target in (("tf_saved_model", options.saved_model), ("onnx", options.onnx)):
        if target is not None:
            network.export(str(target), format=format, verbose=False)
            print(f"{target}: {format}")


if __name__ == "__main__":
    main()
