/** A part of the network, as the names of layers and nodes say it. */
export type Place =
  | { readonly kind: "stem" }
  | { readonly kind: "first" }
  | { readonly kind: "block"; readonly stage: number; readonly block: number }
  | { readonly kind: "head" }
  | { readonly kind: "classifier" };

/** "stem", "first", "stages.0.blocks.1", "head" or "classifier": prefix of the names of all layers of the part. */
export function placeName(place: Place): string {
  return place.kind === "block" ? `stages.${place.stage}.blocks.${place.block}` : place.kind;
}

const FIXED = /^(?:fused )*(stem|first|head|classifier)(?=$|[._])/;
const BLOCK = /^(?:fused )*stages\.(\d+)\.blocks\.(\d+)(?=$|[._])/;

/**
 * Where a layer, a tensor or a node of an onnxruntime trace belongs. onnxruntime keeps the written name as a prefix:
 * `stages.0.blocks.1.expand_token_28` (QDQ fusion), `….expand.linear_nchwc` (fused h-swish, blocked layout),
 * `fused stages.0.…` (fused ReLU where the layout is plain), `…_kernel_time` (event of a trace). Undefined for what it
 * made itself: `ReorderOutput_token_207`, `Transpose`.
 */
export function blockOfNode(name: string): Place | undefined {
  const block = BLOCK.exec(name);
  if (block !== null) return { kind: "block", stage: Number(block[1]), block: Number(block[2]) };
  const fixed = FIXED.exec(name);
  return fixed === null ? undefined : { kind: fixed[1] as "stem" | "first" | "head" | "classifier" };
}

const BEFORE_ITS_READER = /^(ReorderInput|Transpose|Squeeze|Unsqueeze|Reshape)/;

/**
 * Places of all nodes of one run, in the order of their execution. A node that onnxruntime made itself goes to the
 * block that needs it: what brings a tensor into shape (`ReorderInput`, `Transpose`, `Squeeze`) to the named node after
 * it; everything else (`ReorderOutput`, out of the blocked layout; parts of a split operator) to the one before it; at
 * the ends, to the only neighbour.
 * @throws RangeError where no node has a name of ours
 */
export function placesOfTrace(names: readonly string[]): Place[] {
  const named = names.map(blockOfNode);
  const before = (i: number) => named.slice(0, i).findLast((place) => place !== undefined);
  const after = (i: number) => named.slice(i + 1).find((place) => place !== undefined);
  return names.map((name, i) => {
    const place = named[i] ?? (BEFORE_ITS_READER.test(name) ? (after(i) ?? before(i)) : (before(i) ?? after(i)));
    if (place === undefined) throw new RangeError("No node of this trace is named like a layer of a network.");
    return place;
  });
}
