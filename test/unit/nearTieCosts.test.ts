import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costsOf } from "../../src/onnx/costs.js";
import { networkOf } from "../../src/onnx/space.js";
import { readSpace } from "../../src/shared/files/index.js";
import type { Space } from "../../src/shared/space.js";
import { costsByBlock } from "../../src/worker/jobs/nearTieTable.js";
import { stagesOf } from "./engine/helpers.js";
import { SHAPES } from "./engine/shapes.js";
import { BUILT_IN, builtInSpace } from "./onnx/networks.js";

const spaces: Space[] = [...BUILT_IN.map((id) => readSpace({ name: id, text: JSON.stringify(builtInSpace(id)) })), SHAPES.space as Space];

describe.each(spaces.map((space) => [space.id, space] as const))("costs by block, %s", (_, space) => {
  it.each([33, 192, 256])("add up to the network's, but for what every architecture of the space has, at %d px", (resolution) => {
    const costs = costsByBlock(space, resolution);
    const kinds = ["parameters", "multiplyAdds"] as const;
    fc.assert(
      fc.property(stagesOf(space), stagesOf(space), (a, b) => {
        const [wholeA, wholeB] = [a, b].map((stages) => costsOf(networkOf(space, stages, { resolution })));
        const sum = (stages: typeof a, kind: (typeof kinds)[number]) =>
          stages.reduce((total, { blocks }, stage) => total + blocks.reduce((of, block, i) => of + costs(stage, block, i === 0)[kind], 0), 0);
        for (const kind of kinds) expect(sum(a, kind) - sum(b, kind)).toBe(wholeA![kind] - wholeB![kind]);
      }),
      { numRuns: 40 },
    );
  });
});
