import type { Message } from "./protobuf.js";
import { type Attribute, floatValueProto, graphProto, nodeProto, tensorProto, type Dimension, type TensorData } from "./proto.js";

/** A graph under construction: nodes in the order of their execution, and the tensors that the file holds. */
export class GraphBuilder {
  private readonly nodes: Message[] = [];
  private readonly initializers = new Map<string, Message>();

  /** Adds a node named after the tensor it makes, unless it is told another name; returns the tensor's name. */
  node(op: string, output: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}, name = output): string {
    this.nodes.push(nodeProto({ name, op, inputs, outputs: [output], attributes }));
    return output;
  }

  /** Puts a tensor into the file (once for a name); returns its name. */
  tensor(name: string, shape: readonly number[], data: TensorData): string {
    if (!this.initializers.has(name)) this.initializers.set(name, tensorProto(name, shape, data));
    return name;
  }

  finish(name: string, doc: string, inputs: readonly Value[], outputs: readonly Value[]): Message {
    const proto = (value: Value) => floatValueProto(value.name, value.shape);
    return graphProto({
      name,
      doc,
      nodes: this.nodes,
      initializers: [...this.initializers.values()],
      inputs: inputs.map(proto),
      outputs: outputs.map(proto),
    });
  }
}

/** A float32 input or output of the graph. */
export interface Value {
  readonly name: string;
  readonly shape: readonly Dimension[];
}
