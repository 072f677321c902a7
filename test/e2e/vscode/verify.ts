import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isKind, type RunRecord } from "../../../src/runs/runStore.js";
import type { SearchResult } from "../../../src/shared/results.js";
import type { TestApi } from "../../../src/host/testApi.js";
import { searchRequest, stateOf, type Tests } from "./tests.js";

/** Enough to have been measured; nothing is asserted on how long anything takes. */
const FEW = { precision: "int8", threads: 1, executionProvider: "cpu", rounds: 4 } as const;

async function searched(api: TestApi): Promise<{ id: string; record: RunRecord<"search">; result: SearchResult }> {
  const id = await api.runs.start(await searchRequest(api), "test");
  assert.equal(await stateOf(api, id, "done", "failed"), "done");
  const record = await api.runs.record(id);
  const result = await api.runs.result(id, "search");
  assert.ok(record !== undefined && isKind(record, "search") && result !== null && result.found !== null);
  return { id, record, result };
}

/** The fields of a protobuf message of length-delimited and varint fields: number and bytes or value. */
function fields(bytes: Uint8Array): { field: number; value: number | Uint8Array }[] {
  const found: { field: number; value: number | Uint8Array }[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = varint();
    if (tag % 8 === 0) found.push({ field: Math.floor(tag / 8), value });
    else {
      assert.equal(tag % 8, 2, "a wire type that a model's top level does not have");
      found.push({ field: Math.floor(tag / 8), value: bytes.subarray(at, (at += value)) });
    }
  }
  return found;
}

const text = (bytes: number | Uint8Array | undefined) => new TextDecoder().decode(bytes as Uint8Array);

export const verifyTests: Tests = {
  "export writes an ONNX model with the architecture in it; outside the folder and without a yes nothing is written": async ({ api, folder }) => {
    const { id, record, result } = await searched(api);
    const { config, name } = api.configOfRun(record, result, null, "0.0.0", "2026-11-24T00:00:00.000Z");
    const model = await api.job<"onnx">(api.onnxRequest(record, config, "int8", "0.0.0"));
    assert.ok(model !== undefined);
    const bytes = Buffer.from(model.model, "base64");
    const file = api.fileIn(folder, `models/${name}-int8.onnx`);
    assert.equal(await api.writeBytesInWorkspace(folder, file, bytes), true);
    const written = readFileSync(file.fsPath);
    assert.equal(written.length, model.bytes);
    // ModelProto: 1 ir_version, 7 graph, 14 metadata_props (1 key, 2 value).
    const top = fields(written);
    assert.equal(top[0]?.field, 1);
    assert.ok(top.some(({ field, value }) => field === 7 && typeof value !== "number"));
    const metadata = new Map(top.filter(({ field }) => field === 14).map(({ value }) => fields(value as Uint8Array)).map(([key, of]) => [text(key?.value), text(of?.value)]));
    assert.deepEqual(JSON.parse(metadata.get("foxnas.architecture") ?? ""), { version: 1, space: "foxnas-cpu", ...result.found?.architecture });

    const other = new Uint8Array([1]);
    assert.equal(await api.writeBytesInWorkspace(folder, file, other, () => Promise.resolve(false)), false);
    assert.equal(readFileSync(file.fsPath).length, model.bytes);
    assert.equal(await api.writeBytesInWorkspace(folder, file, other, () => Promise.resolve(true)), true);
    assert.equal(readFileSync(file.fsPath).length, 1);

    assert.throws(() => api.fileIn(folder, "../model.onnx"), { name: "InputError" });
    const elsewhere = mkdtempSync(join(tmpdir(), "foxnas-outside-"));
    const [link, dangling] = [join(folder.fsPath, "away"), join(folder.fsPath, "dangling.onnx")];
    symlinkSync(elsewhere, link);
    symlinkSync(join(elsewhere, "new.onnx"), dangling);
    for (const inside of ["away/model.onnx", "dangling.onnx"]) {
      await assert.rejects(api.writeBytesInWorkspace(folder, api.fileIn(folder, inside), bytes), { name: "InputError" }, inside);
    }
    assert.deepEqual(readdirSync(elsewhere), []);
    for (const one of [link, dangling]) rmSync(one);
    for (const one of [elsewhere, join(folder.fsPath, "models")]) rmSync(one, { recursive: true });
    await api.runs.delete(id);
  },

  "what verify measured is kept with the run, shown, and carried by its config": async ({ api }) => {
    const { id, record, result } = await searched(api);
    const here = await api.machine.info();
    const { architecture } = result.found!;
    const plan = api.verifyPlan(record.request, { ...architecture, resolution: 32 }, FEW, here);
    assert.equal(plan.relation, "named");
    assert.equal(plan.request.references.length, 3);
    const measured = await api.runs.whileMeasuring("a test", async () => {
      await assert.rejects(api.runs.whileMeasuring("another", () => Promise.resolve()), { name: "InputError", message: /measured already.*a test/ });
      return api.job<"measure">(plan.request);
    });
    assert.ok(measured !== undefined);
    const small = api.verifiedOf(plan, measured);
    assert.ok(small.latencyMs > 0 && small.latencyMs === small.rawMs && small.level === null);
    assert.match(small.machine, /, cpu int8, 1 thread$/);

    // As if it had been measured at the search's own resolution, which takes longer.
    const verified = { ...small, architecture };
    const fp32 = { ...verified, protocol: { ...verified.protocol, precision: "fp32" as const } };
    for (const one of [small, verified, fp32, verified]) await api.runs.addMeasured(id, one);
    assert.deepEqual(await api.runs.measuredOf(id), [small, fp32, verified]);
    const view = await api.runs.view(id);
    assert.ok(view?.kind === "search");
    assert.deepEqual(view.measured, [small, fp32, verified]);

    const config = (point: number | null) => api.configOfRun(record, result, point, "0", "2026-11-24T00:00:00.000Z", [small, fp32, verified]).config;
    assert.deepEqual(config(null).measured?.latency, {
      value: verified.latencyMs, unit: "ms", device: verified.machine, resolution: architecture.resolution, precision: "int8", date: verified.protocol.date, standardError: verified.standardError,
    });
    assert.equal(config(0).measured, undefined);

    const file = join(api.runsFolder, id, "measured.json");
    writeFileSync(file, `${readFileSync(file, "utf8").slice(0, 200)}`);
    assert.deepEqual(await api.runs.measuredOf(id), []);
    await api.runs.delete(id);
    assert.ok(!existsSync(file));
  },
};
