import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measuredEdits } from "../../../src/host/editor/measuredEdit.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { CONFIG_FORMATS, configText, readConfig, type ConfigFormat } from "../../../src/shared/files/index.js";

const stages = [{ width: 24, blocks: [{ expand: 2, kernel: 3 }, { expand: 6, kernel: 7 }] }];
const estimate = { value: 1.5, unit: "ms", interval: null, device: "a: b # c", resolution: 224, source: "s" };
const provenance = { tool: "t", version: "1", date: "d", accuracyPredictor: "a", latencyPredictor: "l", budget: 2, seed: 1 };
const measured = { latency: { value: 3.25, unit: "ms", device: "AMD EPYC: 7763 #1, cpu int8", resolution: 224, precision: "int8" as const, date: "2026-11-26T00:00:00.000Z", standardError: 0.002 } };
const layout = { tabSize: 2, insertSpaces: true, eol: "\n" };

const config = fc.record({ predicted: fc.boolean(), measured: fc.boolean(), provenance: fc.boolean() }).map(
  (has): ArchitectureConfig => ({
    ...{ version: 1, space: "s", resolution: 224, stages },
    ...(has.predicted ? { predicted: { accuracy: { ...estimate, unit: "%" }, latency: estimate } } : {}),
    ...(has.measured ? { measured: { latency: { ...measured.latency, value: 99, device: "old" } } } : {}),
    ...(has.provenance ? { provenance } : {}),
  }),
);

function edited(text: string, format: ConfigFormat, eol = "\n"): string {
  const edits = measuredEdits({ name: `x.foxnas.${format}`, text }, measured, { ...layout, eol });
  return [...edits].sort((a, b) => b.offset - a.offset).reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text);
}

describe("writing a measured latency into a config's text", () => {
  it("the config then carries it, and everything else is as it was", () => {
    fc.assert(
      fc.property(config, fc.constantFrom(...CONFIG_FORMATS), (one, format) => {
        const text = edited(configText(one, format), format);
        expect(readConfig({ name: `x.foxnas.${format}`, text })).toEqual({ ...one, measured });
        // As the project itself would write it.
        expect(text).toBe(configText({ ...one, measured }, format));
      }),
    );
  });

  it("comments, a layout of one's own and other line ends stay", () => {
    const yaml = ["# mine", "version: 1", "space: s   # which", "resolution: 224", "stages:", "  - {width: 24,   blocks: [ {expand: 2, kernel: 3} ]}", "", "# where from", "provenance: {tool: t, version: '1', date: d, accuracyPredictor: a, latencyPredictor: l, budget: 2, seed: 1}"];
    for (const [eol, ending] of [["\n", ""], ["\n", "\n"], ["\r\n", "\r\n"]] as const) {
      const before = yaml.join(eol) + ending;
      const after = edited(before, "yaml", eol);
      for (const line of yaml) expect(after.split(eol)).toContain(line);
      expect(readConfig({ name: "x.foxnas.yaml", text: after }).measured).toEqual(measured);
    }
    const json = '{"version":1,"space":"s","resolution":224,\n\n "stages":[{"width":24,"blocks":[{"expand":2,"kernel":3}]}]}';
    const after = edited(json, "json");
    expect(after.startsWith(json.slice(0, -1))).toBe(true);
    expect(readConfig({ name: "x.foxnas.json", text: after }).measured).toEqual(measured);
  });

  it("a mapping in braces, as YAML, and a text that is no mapping", () => {
    const braces = '{ "version": 1, "space": "s", "resolution": 224, "stages": [ { "width": 24, "blocks": [ { "expand": 2, "kernel": 3 } ] } ] }\n';
    expect(readConfig({ name: "x.foxnas.yaml", text: edited(braces, "yaml") }).measured).toEqual(measured);
    expect(() => edited("- 1\n", "yaml")).toThrow("the config is no mapping");
  });
});
