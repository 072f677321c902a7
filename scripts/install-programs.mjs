// Installs the programs of the tests that npm does not bring: Chromium, ripgrep, R, onnx and PyTorch for Python.
import { installPrograms } from "./lib/programs.mjs";

installPrograms();
