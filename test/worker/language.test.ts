import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { bundleOf, LANGUAGES } from "../../scripts/lib/l10n.mjs";
import { runJob } from "../../src/runs/supervisor.js";
import { InputError, type Problem } from "../../src/shared/errors.js";
import { configureTexts } from "../../src/shared/l10n.js";
import type { Request } from "../../src/shared/messages.js";
import { uniform } from "./fixtures/measureRequests.js";
import { bundle, bytesOf, temporaryFolder } from "./helpers.js";

const MEDIA = resolve(import.meta.dirname, "../../media");
const source = (path: string) => ({ name: path, text: readFileSync(join(MEDIA, path), "utf8") });
const FILES = {
  space: source("spaces/foxnas-cpu.json"),
  accuracy: source("predictors/foxnas-cpu-256-accuracy.predictor.json"),
  latency: source("predictors/foxnas-cpu-256-latency-pi4.predictor.json"),
};
const bundleFile = (tag: string) => resolve(import.meta.dirname, `../../l10n/bundle.l10n.${tag}.json`);
/** As the host does it. */
const speak = (tag: string, file = bundleFile(tag)) => configureTexts(bundleOf(tag), tag, file);

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("src/worker/main.ts");
});
afterEach(() => configureTexts(undefined));

const run = (request: Request) => runJob(request, { workerPath, journal: null });

async function problemOf(request: Request): Promise<Problem> {
  const error: unknown = await run(request).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`no InputError, but ${String(error)}`);
  return error.problem;
}

const stages = [{ width: 24, blocks: [{ expand: 5, kernel: 3 }] }];
const elsewhere: Request = { kind: "validate", space: FILES.space, config: { name: "a.foxnas.json", text: JSON.stringify({ version: 1, space: "other", resolution: 256, stages }) } };
/** A worker starts a worker for every batch. */
const bench: Request = {
  kind: "bench",
  configs: [{ ...uniform("small", 2, 2, 3), predicted: null }],
  baselines: [{ name: "mobilenet-v2", resolution: 64 }],
  ...{ precision: "fp32", threads: 1, executionProvider: "nowhere", rounds: 4, batches: 1, seed: 1 },
};

describe("a worker's input errors", () => {
  test("are in the language of the process that starts it", async () => {
    speak("de");
    expect(await problemOf(elsewhere)).toMatchObject({
      what: "gehört zu einem anderen Suchraum",
      next: "Raum, Prädiktoren und Konfiguration wählen, die zusammengehören.",
      ...{ file: "a.foxnas.json", field: "space", found: '"other"', expected: '"foxnas-cpu"' },
    });
    speak("ja");
    expect((await problemOf(elsewhere)).what).toBe("別の探索空間のものです");
  });

  test("are English without a language, as on the command line", async () => {
    expect(await problemOf(elsewhere)).toMatchObject({ what: "belongs to another search space", next: "Pick the space, predictors and config that belong together." });
  });

  test("are English where the bundle cannot be read, and where it is none", async () => {
    const folder = temporaryFolder();
    for (const [name, text] of [["bundle.l10n.de.json", "{"], ["list.json", "[1]"], ["numbers.json", '{"a":1}']] as const) {
      writeFileSync(join(folder, name), text);
      speak("de", join(folder, name));
      expect((await problemOf(elsewhere)).what).toBe("belongs to another search space");
    }
    speak("de", join(folder, "missing.json"));
    expect((await problemOf(elsewhere)).what).toBe("belongs to another search space");
  });

  test("come in it from a worker that a worker has started", async () => {
    speak("de");
    const { what } = await problemOf(bench);
    // Where there is no onnxruntime, it says so.
    expect(what).toMatch(/^onnxruntime hat auf dieser Plattform keinen solchen Execution Provider$|^onnxruntime kann nicht geladen werden/);
  });

  test("say in it what is wrong with a supernet's file", async () => {
    speak("de");
    const file = join(temporaryFolder(), "a.safetensors");
    writeFileSync(file, `${"\u0009".padEnd(8, "\0")}{"a": 1 }`);
    expect(await problemOf({ kind: "inspect", space: FILES.space, supernet: file, data: null })).toMatchObject({
      what: 'Kopf der safetensors-Datei, Tensor "a": gefunden: kein Objekt',
      next: "Das Supernetz dieses Raums oder den Raum dieses Supernetzes angeben.",
    });
  });
});

/** Results are kept, and compared with those of other machines. */
test.each(LANGUAGES)("results are the same whatever the language: %s", async (tag) => {
  const resultsOf = async () => {
    const search = { kind: "search" as const, ...FILES, seed: 1, evaluations: 50_000, budget: 120, probability: null };
    const found = await runJob<"search">(search, { workerPath, journal: null });
    if (found.status !== "done" || found.result.architecture === null) throw new Error("no architecture");
    const config = { name: "a.foxnas.json", text: JSON.stringify({ version: 1, space: "foxnas-cpu", ...found.result.architecture }) };
    const others = [await run({ ...search, budget: 1 }), await run({ kind: "explain", ...FILES, config, budget: 120 })];
    return [found, ...others].map(bytesOf);
  };
  const english = await resultsOf();
  speak(tag);
  expect(await resultsOf()).toEqual(english);
});
