/** A protobuf reader for tests: any field, no schema. */
export interface Field {
  readonly field: number;
  readonly value?: bigint;
  readonly bytes?: Uint8Array;
}

function varint(bytes: Uint8Array, from: number): [bigint, number] {
  let value = 0n;
  for (let at = from, shift = 0n; ; at++, shift += 7n) {
    value |= BigInt(bytes[at]! & 0x7f) << shift;
    if (bytes[at]! < 0x80) return [BigInt.asIntN(64, value), at + 1];
  }
}

export function varintsOf(bytes: Uint8Array): bigint[] {
  const values: bigint[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [value, next] = varint(bytes, at);
    values.push(value);
    at = next;
  }
  return values;
}

export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [key, start] = varint(bytes, at);
    const field = Number(key >> 3n);
    const type = Number(key & 7n);
    const [value, next] = type === 5 ? [4n, start] : varint(bytes, start);
    const end = type === 0 ? next : next + Number(value);
    fields.push(type === 0 ? { field, value } : { field, bytes: bytes.subarray(next, end) });
    at = end;
  }
  return fields;
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const all = (bytes: Uint8Array, field: number) => fieldsOf(bytes).filter((f) => f.field === field);
const one = (bytes: Uint8Array, field: number) => all(bytes, field)[0];

/** What tests ask of a model file (field numbers of onnx.proto). */
export function modelOf(bytes: Uint8Array) {
  const graph = one(bytes, 7)!.bytes!;
  return {
    irVersion: Number(one(bytes, 1)!.value),
    opset: Number(one(one(bytes, 8)!.bytes!, 2)!.value),
    metadata: Object.fromEntries(all(bytes, 14).map(({ bytes: entry }) => [text(one(entry!, 1)!.bytes), text(one(entry!, 2)!.bytes)])),
    nodes: all(graph, 1).map(({ bytes: node }) => ({ name: text(one(node!, 3)!.bytes), op: text(one(node!, 4)!.bytes), outputs: all(node!, 2).map((f) => text(f.bytes)) })),
    tensors: all(graph, 5).map(({ bytes: tensor }) => ({
      name: text(one(tensor!, 8)!.bytes),
      type: Number(one(tensor!, 2)!.value),
      shape: varintsOf(one(tensor!, 1)!.bytes!).map(Number),
      bytes: one(tensor!, 9)!.bytes!.length,
      external: all(tensor!, 13).length + all(tensor!, 14).length > 0,
    })),
  };
}
