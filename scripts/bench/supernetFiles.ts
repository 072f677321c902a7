import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { normals } from "../../src/onnx/random.js";
import { supernetSpecs } from "../../src/onnx/supernet/names.js";
import { writeSafetensors } from "../../src/onnx/supernet/safetensors.js";
import type { Space } from "../../src/shared/space.js";

/** A .npy file, version 1.0 (NumPy's NEP 1). */
export function writeNpy(file: string, descr: string, shape: readonly number[], data: Uint8Array | Float32Array | Int32Array): void {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`.padEnd(117);
  const prefix = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, 118, 0]);
  writeFileSync(file, Buffer.concat([prefix, Buffer.from(`${header}\n`, "latin1"), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]));
}

/** A supernet that nobody trained: it classifies nothing, but computes as long as a trained one. */
export function writeRandomSupernet(file: string, space: Space): void {
  const numbers = (name: string, shape: readonly number[]): Float32Array => {
    const length = shape.reduce((product, side) => product * side, 1);
    if (name.includes(".transforms.")) return Float32Array.from({ length }, (_, i) => (i % (shape[0]! + 1) === 0 ? 1 : 0));
    if (name.endsWith(".norm.weight") || name.endsWith(".running_var")) return new Float32Array(length).fill(1);
    return name.endsWith(".weight") ? normals(length, Math.sqrt((2 * shape[0]!) / length), name, 1) : new Float32Array(length);
  };
  const tensors = new Map(supernetSpecs(space).map(({ name, shape }) => [name, { shape, data: numbers(name, shape) }]));
  writeFileSync(file, writeSafetensors(tensors, { "foxnas.supernet": "1", "foxnas.space": space.id }));
}

/** A data folder of generated photographs: smooth colours, uint8 [n, side, side, 3]. */
export function writeGeneratedImages(folder: string, side: number, counts: { validation: number; calibration: number }, classes: number): void {
  mkdirSync(folder, { recursive: true });
  const images = (n: number, phase: number) =>
    Uint8Array.from({ length: n * side * side * 3 }, (_, i) => {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      return 127 + 127 * Math.sin(phase + pixel * 0.013 * (1 + channel) + Math.floor(pixel / (side * side)) * 1.7);
    });
  writeNpy(path.join(folder, "validation.images.npy"), "|u1", [counts.validation, side, side, 3], images(counts.validation, 0));
  writeNpy(path.join(folder, "validation.labels.npy"), "<i4", [counts.validation], Int32Array.from({ length: counts.validation }, (_, i) => i % classes));
  writeNpy(path.join(folder, "calibration.images.npy"), "|u1", [counts.calibration, side, side, 3], images(counts.calibration, 2));
}
