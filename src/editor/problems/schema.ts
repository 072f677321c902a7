import { ArchitectureConfigSchema } from "../../shared/architecture.js";
import type { Path } from "../../shared/files/index.js";
import { nodeAt, type Member, type ObjectNode, type TreeNode } from "../read/tree.js";

/** What this needs of a valibot schema: its fields, its items, what an optional one is of. */
interface Shape {
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
}
const ROOT = ArchitectureConfigSchema as unknown as Shape;
const inner = (shape: Shape | undefined): Shape | undefined => (shape?.wrapped === undefined ? shape : inner(shape.wrapped));

/** Names of the fields that an object at a path has, in their order; empty for what is no object. */
export function fieldsAt(path: Path): string[] {
  const shape = path.reduce<Shape | undefined>((at, key) => inner(typeof key === "number" ? at?.item : at?.entries?.[String(key)]), ROOT);
  return Object.keys(inner(shape)?.entries ?? {});
}

/** A field that no reader of configs reads. */
export interface Unknown {
  readonly path: Path;
  readonly object: ObjectNode;
  readonly member: Member;
}

export function unknownFields(root: TreeNode | null): Unknown[] {
  const found: Unknown[] = [];
  const visit = (node: TreeNode, shape: Shape | undefined, path: Path): void => {
    const at = inner(shape);
    if (node.kind === "list" && at?.item !== undefined) node.items.forEach((item, index) => visit(item, at.item, [...path, index]));
    if (node.kind !== "object" || at?.entries === undefined || node.alias) return;
    for (const member of node.members) {
      const known = Object.hasOwn(at.entries, member.key) ? at.entries[member.key] : undefined;
      if (known === undefined) found.push({ path: [...path, member.key], object: node, member });
      else visit(member.value, known, [...path, member.key]);
    }
  };
  if (root !== null) visit(root, ROOT, []);
  return found;
}

/** The object that a field is to stand in. */
export function objectAt(root: TreeNode | null, path: Path): ObjectNode | undefined {
  const node = nodeAt(root, path);
  return node?.kind === "object" ? node : undefined;
}
