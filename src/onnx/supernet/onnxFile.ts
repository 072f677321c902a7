/** The initializers and the metadata of an ONNX model; field numbers from onnx/onnx.proto (github.com/onnx/onnx). */
import { quoted, SupernetError } from "./errors.js";
import { LONGEST_NAME, MOST_DIMENSIONS, MOST_TENSORS, type StoredTensor, type TensorFile } from "./file.js";
import { MessageReader } from "./protobufReader.js";
import { textOf } from "./text.js";

const MODEL = { graph: 7, metadata: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const GRAPH = { initializer: 5 } as const;
const TENSOR = { dims: 1, type: 2, segment: 3, floats: 4, name: 8, raw: 9, external: 13, location: 14 } as const;
const TYPES: ReadonlyMap<number, string> = new Map([
  [1, "F32"],
  [10, "F16"],
  [16, "BF16"],
]);
const EXTERNAL = 1;
const VARINT = 0;
const MOST_ENTRIES = 10_000;
const WHAT = "ONNX model";

/**
 * Nodes are passed over.
 * @throws SupernetError for what is no ONNX model, or names twice
 */
export function readOnnx(bytes: Uint8Array): TensorFile {
  const metadata = new Map<string, string>();
  let graph: Uint8Array | undefined;
  const model = new MessageReader(bytes, WHAT);
  while (!model.done) {
    const field = model.next();
    if (field.number === MODEL.graph && field.type !== VARINT) {
      if (graph !== undefined) throw new SupernetError(`${WHAT}: found two graphs, expected one.`);
      graph = field.bytes;
    } else if (field.number === MODEL.metadata) {
      const [key, value] = entryOf(field.bytes);
      if (metadata.has(key)) throw new SupernetError(`${WHAT}, metadata: found ${quoted(key)} twice.`);
      if (metadata.size >= MOST_ENTRIES) throw new SupernetError(`${WHAT}, metadata: found more than ${MOST_ENTRIES} entries.`);
      metadata.set(key, value);
    }
  }
  if (graph === undefined) throw new SupernetError("The file is neither a safetensors file nor an ONNX model with a graph.");
  return { format: "onnx", metadata, tensors: initializersOf(graph) };
}

function entryOf(bytes: Uint8Array): [string, string] {
  const what = `${WHAT}, metadata`;
  const entry = ["", ""] as [string, string];
  const reader = new MessageReader(bytes, what);
  while (!reader.done) {
    const field = reader.next();
    if (field.number === ENTRY.key) entry[0] = textOf(field.bytes, what);
    if (field.number === ENTRY.value) entry[1] = textOf(field.bytes, what);
  }
  return entry;
}

function initializersOf(graph: Uint8Array): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  const reader = new MessageReader(graph, `${WHAT}, graph`);
  while (!reader.done) {
    const field = reader.next();
    if (field.number !== GRAPH.initializer) continue;
    const { name, tensor } = new TensorReader(field.bytes, tensors.size).read();
    if (tensors.has(name)) throw new SupernetError(`${WHAT}: found the initializer ${quoted(name)} twice.`);
    if (tensors.size >= MOST_TENSORS) throw new SupernetError(`${WHAT}: found more than ${MOST_TENSORS} initializers.`);
    tensors.set(name, tensor);
  }
  return tensors;
}

class TensorReader {
  private name = "";
  private type = 0;
  private readonly shape: number[] = [];
  private raw: Uint8Array | undefined;
  /** Bytes of float_data so far, and the last piece. */
  private floatBytes = 0;
  private floats: Uint8Array | undefined;
  /** Why the numbers cannot be had. */
  private problem: string | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly index: number,
  ) {}

  read(): { name: string; tensor: StoredTensor } {
    const reader = this.reader();
    while (!reader.done) this.take(reader.next());
    const type = TYPES.get(this.type) ?? `ONNX data type ${this.type}`;
    return { name: this.name, tensor: { type, shape: this.shape, bytes: this.problem ?? this.numbers(type) } };
  }

  private take(field: { number: number; type: number; value: number; bytes: Uint8Array }): void {
    const { number, value, bytes } = field;
    switch (number) {
      case TENSOR.dims:
        this.dims(field.type === VARINT ? [value] : this.packed(bytes));
        break;
      case TENSOR.type:
        this.type = value;
        break;
      case TENSOR.name:
        if (bytes.length > LONGEST_NAME) throw new SupernetError(`${this.what}: found a name of ${bytes.length} bytes, expected at most ${LONGEST_NAME}.`);
        this.name = textOf(bytes, this.what);
        break;
      case TENSOR.raw:
        this.raw = bytes;
        break;
      case TENSOR.floats:
        this.floatBytes += bytes.length;
        this.floats = bytes;
        break;
      case TENSOR.segment:
        this.problem = "found a segment of a tensor, expected a whole one.";
        break;
      case TENSOR.external:
        this.problem ??= "found external data (numbers in another file), which is refused. Save the model with its numbers inside.";
        break;
      case TENSOR.location:
        if (value === EXTERNAL) this.problem = "found external data (numbers in another file), which is refused. Save the model with its numbers inside.";
    }
  }

  private dims(sides: readonly number[]): void {
    if (this.shape.length + sides.length > MOST_DIMENSIONS) throw new SupernetError(`${this.what}: found more than ${MOST_DIMENSIONS} dimensions.`);
    this.shape.push(...sides);
  }

  private packed(bytes: Uint8Array): number[] {
    const reader = new MessageReader(bytes, this.what);
    const sides: number[] = [];
    while (!reader.done && sides.length <= MOST_DIMENSIONS) sides.push(reader.varint());
    return sides;
  }

  private numbers(type: string): Uint8Array | string {
    if (this.raw !== undefined) return this.floatBytes === 0 ? this.raw : "found raw_data and float_data, expected one of them.";
    if (type !== "F32") return `found no raw_data, expected numbers of type ${type} there.`;
    if (this.floats === undefined || this.floats.length === this.floatBytes) return this.floats ?? new Uint8Array(0);
    return this.gathered();
  }

  /** float_data in pieces, which readers must accept. */
  private gathered(): Uint8Array {
    const made = new Uint8Array(this.floatBytes);
    let at = 0;
    const reader = this.reader();
    while (!reader.done) {
      const { number, bytes } = reader.next();
      if (number !== TENSOR.floats) continue;
      made.set(bytes, at);
      at += bytes.length;
    }
    return made;
  }

  private reader(): MessageReader {
    return new MessageReader(this.bytes, this.what);
  }

  private get what(): string {
    return `${WHAT}, initializer ${this.index}${this.name === "" ? "" : ` (${quoted(this.name)})`}`;
  }
}
