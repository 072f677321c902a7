import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Space, StageChoice } from "../../../../src/onnx/space.js";
import { sliceSubnet } from "../../../../src/onnx/supernet/slice.js";
import { stateDict } from "../../../../src/onnx/supernet/stateDict.js";
import { readSupernet } from "../../../../src/onnx/supernet/supernet.js";
import { hasTorch, KIT, SAMPLE_SPACE, succeed } from "../../../kit/kit.js";
import { builtInSpace, image, sampleArchitectures } from "../networks.js";
import { difference, logitsOf, recalibrated } from "./recalibrated.js";
import { bytesOf, ELASTIC, randomFile } from "./supernets.js";

/** The training kit's own network: what it makes of a supernet file, and of a state dict. */
const SCRIPT = `
import json, sys
import numpy as np, torch
kit, folder = sys.argv[1:]
sys.path.insert(0, kit)
from calibrate import batch_bounds, recalibrate
from elastic import ElasticNetwork
from subnet import load_network, subnet_state
from tensorfile import read_tensors
torch.set_num_threads(1)
job = json.load(open(folder + "/job.json"))
images = torch.from_numpy(np.fromfile(folder + "/images.bin", "<f4").reshape(-1, 3, job["side"], job["side"]))
space = job["space"]
tensors, _ = read_tensors(folder + "/supernet.safetensors")
elastic = ElasticNetwork(space)
print(elastic.load_state_dict(tensors, strict=False).unexpected_keys, sum(p.numel() for p in elastic.parameters()))
elastic.eval()
made = []
with torch.no_grad():
    for i, stages in enumerate(job["architectures"]):
        made.append(elastic(images, stages))
        network = load_network(space, stages, subnet_state(tensors, space, stages))
        recalibrate(network, [images[a:b] for a, b in batch_bounds(len(images), job["batch"])])
        made.append(network(images))
        made.append(load_network(space, stages, read_tensors(f"{folder}/{i}.safetensors")[0])(images))
torch.stack(made).numpy().astype("<f4").tofile(folder + "/logits.bin")
`;

interface Job {
  readonly space: Space;
  readonly side: number;
  readonly architectures: readonly StageChoice[][];
  /** Calibration images at once. */
  readonly batch: number;
}

const IMAGES = 13;

/** Runs both, and gives the largest differences: before recalibration, after it, and of the exported state dict. */
async function compare({ space, side, architectures, batch }: Job) {
  const folder = mkdtempSync(join(tmpdir(), "fox-nas-torch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const images = { pixels: image(side, 3, IMAGES), count: IMAGES, side };
  const file = randomFile(space, 7);
  const supernet = readSupernet(file, space);
  const ours: Float32Array[] = [];
  for (const [i, stages] of architectures.entries()) {
    const subnet = sliceSubnet(supernet, stages, side);
    const statistics = await recalibrated(subnet, images, batch);
    const after = await logitsOf(subnet, statistics, images);
    ours.push(await logitsOf(subnet, subnet.statistics, images), after, after);
    writeFileSync(join(folder, `${i}.safetensors`), stateDict(subnet, statistics, {}));
  }
  writeFileSync(join(folder, "supernet.safetensors"), file);
  writeFileSync(join(folder, "images.bin"), bytesOf(images.pixels));
  writeFileSync(join(folder, "job.json"), JSON.stringify({ space, side, architectures, batch }));
  writeFileSync(join(folder, "compare.py"), SCRIPT);
  // No tensor that the kit does not know, and as many parameters.
  expect(succeed(join(folder, "compare.py"), KIT, folder).trim()).toBe(`[] ${supernet.parameters}`);
  const theirs = new Float32Array(new Uint8Array(readFileSync(join(folder, "logits.bin"))).buffer);
  const size = IMAGES * space.classes;
  expect(theirs.length).toBe(ours.length * size);
  const worst = [0, 0, 0];
  ours.forEach((logits, i) => (worst[i % 3] = Math.max(worst[i % 3]!, difference(logits, theirs.subarray(i * size, (i + 1) * size)))));
  return { before: worst[0]!, after: worst[1]!, exported: worst[2]! };
}

describe.skipIf(!hasTorch)("PyTorch, with the training kit's network, gives the same logits", () => {
  it.each<[string, () => Space, number, number, number]>([
    ["a space of all oddities", () => ({ ...ELASTIC, version: 1, resolutions: [23] }) as Space, 23, 20, 5],
    ["the sample", () => JSON.parse(readFileSync(SAMPLE_SPACE, "utf8")) as Space, 32, 50, 5],
    ["foxnas-cpu", () => builtInSpace("foxnas-cpu"), 64, 6, 13],
  ])("before and after recalibration, and from the exported state dict: subnets of %s", async (name, space, side, count, batch) => {
    const architectures = sampleArchitectures(space(), count, 4);
    const worst = await compare({ space: space(), side, architectures, batch });
    console.log(`PyTorch, ${architectures.length} subnets of ${name}: largest difference ${Object.entries(worst).map(([key, value]) => `${key} ${value.toExponential(1)}`).join(", ")}`);
    expect(Math.max(...Object.values(worst))).toBeLessThanOrEqual(1e-4);
  }, 900_000);
});
