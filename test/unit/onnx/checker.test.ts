import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { BASELINES, baselineNetwork } from "../../../src/onnx/baselines.js";
import { writeModel } from "../../../src/onnx/model.js";
import { BUILT_IN, METADATA, sampleNetwork, SMALL } from "./networks.js";

/** Debian installs its packages for its own Python, which need not be the first on the path. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const python = PYTHONS.find((program) => spawnSync(program, ["-c", "import onnx"]).status === 0);
if (python === undefined) {
  console.warn("\n*** SKIPPED: onnx.checker, since `python3 -c 'import onnx'` fails here. Install it: apt-get install python3-onnx ***\n");
}

const CHECK = `
import json, sys, onnx
def side(d): return d.dim_param or d.dim_value
for path in sys.argv[1:]:
    onnx.checker.check_model(path, full_check=True)
    model = onnx.shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True)
    values = [*model.graph.input, *model.graph.output]
    shapes = {v.name: [side(d) for d in v.type.tensor_type.shape.dim] for v in values}
    print(json.dumps({"shapes": shapes, "inferred": len(model.graph.value_info), "nodes": len(model.graph.node), "producer": model.producer_name}))
`;

describe.skipIf(python === undefined)("onnx.checker, full check, and strict shape inference", () => {
  it("accept every kind of file", () => {
    const folder = mkdtempSync(join(tmpdir(), "fox-nas-onnx-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const networks = [SMALL, ...BUILT_IN.map((id) => sampleNetwork(id, 64)), ...BASELINES.map((name) => baselineNetwork(name, { resolution: 64, classes: 10 }))];
    const models = networks.flatMap((network) => [
      { network, batch: 1, bytes: writeModel(network, { precision: "fp32", metadata: METADATA }) },
      { network, batch: "N", bytes: writeModel(network, { precision: "int8", batch: "N", metadata: METADATA }) },
    ]);
    const paths = models.map(({ bytes }, i) => {
      writeFileSync(join(folder, `${i}.onnx`), bytes);
      return join(folder, `${i}.onnx`);
    });
    const { status, stdout, stderr } = spawnSync(python!, ["-c", CHECK, ...paths], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const reports = stdout.trim().split("\n").map((line) => JSON.parse(line) as { shapes: object; producer: string; inferred: number; nodes: number });
    expect(reports).toHaveLength(models.length);
    models.forEach(({ network, batch }, i) => {
      const { resolution, classes } = network;
      expect(reports[i]).toMatchObject({ shapes: { input: [batch, 3, resolution, resolution], logits: [batch, classes] }, producer: "fox-nas" });
      // Every tensor but the output got a shape.
      expect(reports[i]!.inferred).toBe(reports[i]!.nodes - 1);
    });
  });
});
