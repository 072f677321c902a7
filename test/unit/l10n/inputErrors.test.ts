import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { bundleOf, LANGUAGES } from "../../../scripts/lib/l10n.mjs";
import { requireArchitecture } from "../../../src/engine/architecture.js";
import { readSupernet } from "../../../src/onnx/supernet/supernet.js";
import { InputError } from "../../../src/shared/errors.js";
import { readConfig, readPredictor, readSpace } from "../../../src/shared/files/index.js";
import { configureTexts } from "../../../src/shared/l10n.js";
import { readSamples } from "../../../src/shared/samples/index.js";
import { toldFault } from "../../../src/shared/toldFault.js";
import { toldProblem } from "../../../src/shared/toldProblem.js";
import { placing } from "../../../src/worker/jobs/inputs.js";
import { placingSupernet } from "../../../src/worker/evaluate/sources.js";
import { FOXNAS, PREDICTOR, spaceText } from "../files/examples.js";
import { bareSentences, modelErrors, sourcesOf } from "./bareSentences.js";

afterEach(() => configureTexts(undefined));

function messageOf(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

const config = (text: string) => () => readConfig({ name: "a.foxnas.json", text });
const samples = (text: string) => () => readSamples({ name: "s.csv", text }, FOXNAS, "accuracy");
const utf8 = (text: string) => new TextEncoder().encode(text);
const { stages } = FOXNAS;
const smallest = stages.map(({ width, depth, expand, kernel }) => ({ width, blocks: Array.from({ length: depth[0]! }, () => ({ expand: expand[0]!, kernel: kernel[0]! })) }));
const wrongKernel = smallest.map((stage, i) => (i > 0 ? stage : { ...stage, blocks: stage.blocks.map((block, b) => (b > 0 ? block : { ...block, kernel: 4 })) }));

/** One of each kind: what is refused, in English and in German. */
const REFUSED: readonly (readonly [kind: string, refused: () => unknown, english: string, german: string])[] = [
  ["JSON syntax", config('{"version": 1,\n  "space" "x"}'), 'a.foxnas.json:2:11: a colon is missing (found "\\"x\\"", expected JSON).', 'a.foxnas.json:2:11: ein Doppelpunkt fehlt (gefunden: "\\"x\\"", erwartet: JSON).'],
  ["unknown field", () => readSpace({ name: "a.space.json", text: spaceText("foxnas-cpu").replace("{", '{"colour": 1,') }), "a.space.json:1:12: colour: the field is unknown. Remove it, or mend its name.", "a.space.json:1:12: colour: das Feld ist unbekannt. Entfernen oder den Namen berichtigen."],
  ["a schema's message", () => readSpace({ name: "a.space.json", text: spaceText("foxnas-cpu").replace(/"id": *"[^"]*"/, '"id": "A B"') }), 'a.space.json:3:9: id: the value is not allowed (found "A B", expected lower-case letters, digits and \'-\').', 'a.space.json:3:9: id: der Wert ist nicht erlaubt (gefunden: "A B", erwartet: Kleinbuchstaben, Ziffern und „-“).'],
  ["CSV", samples("acc,x\n1,2,3\n"), "s.csv:2: column 3: the row goes on after the last column (found 3 cells, expected 2 as in the header).", "s.csv:2: Spalte 3: die Zeile geht nach der letzten Spalte weiter (gefunden: 3 Zellen, erwartet: 2 wie in der Kopfzeile)."],
  ["a broken quote", samples('acc\n"75\n'), 's.csv:2: a quoted field does not end (expected fields separated by \',\', quoted as "…" with "" for a quote).', 's.csv:2: ein Feld in Anführungszeichen endet nicht (erwartet: durch „,“ getrennte Felder, in "…" eingeschlossen, mit "" für ein Anführungszeichen).'],
  ["another unit", () => readPredictor({ name: "p.predictor.json", text: JSON.stringify({ ...PREDICTOR, target: "latency", unit: "s" }) }), 'p.predictor.json:1:40: unit: a predictor of latency has another unit (found "s", expected "ms"). Convert the intercept and the coefficients to ms; nothing is converted silently.', 'p.predictor.json:1:40: unit: ein Latenzprädiktor hat eine andere Einheit (gefunden: "s", erwartet: "ms"). Achsenabschnitt und Koeffizienten in ms umrechnen; stillschweigend wird nichts umgerechnet.'],
  [
    "a config outside the space",
    () => placing({ name: "a.foxnas.json", text: "{}" }, () => requireArchitecture(FOXNAS, { stages: wrongKernel })),
    "a.foxnas.json:1:1: stages[0].blocks[0].kernel: stage 24, block 1 (from 16 channels) has a choice outside the space (found kernel 4, expected 3, 5 or 7).",
    "a.foxnas.json:1:1: stages[0].blocks[0].kernel: Stufe 24, Block 1 (von 16 Kanälen) hat eine Wahl außerhalb des Raums (gefunden: kernel 4, erwartet: 3, 5 oder 7).",
  ],
  [
    "a supernet's file",
    () => placingSupernet("a.safetensors", () => readSupernet(Uint8Array.from([255, 0, 0, 0, 0, 0, 0, 0, ...utf8("{}")]), FOXNAS)),
    "a.safetensors: safetensors header: found a length of 255 bytes, expected at most 2. Is the file complete? Give the supernet of this space, or the space of this supernet.",
    "a.safetensors: Kopf der safetensors-Datei: gefunden: eine Länge von 255 Bytes, erwartet: höchstens 2. Ist die Datei vollständig? Das Supernetz dieses Raums oder den Raum dieses Supernetzes angeben.",
  ],
];

describe("input errors", () => {
  it.each(REFUSED)("are whole sentences in German: %s", (_, refused, english, german) => {
    expect(messageOf(refused)).toBe(english);
    configureTexts(bundleOf("de"), "de");
    expect(messageOf(refused)).toBe(german);
  });

  it("are translated wherever they are made: no sentence stands there as it is", () => {
    const rooms = ["src/shared", "src/runs", "src/worker", "src/editor"];
    expect([...sourcesOf(rooms), ...sourcesOf(["src/codegen"]).filter(({ name }) => name.endsWith("/fits.ts"))].flatMap(({ name, text }) => bareSentences(name, text))).toEqual([]);
  });

  it("would be found there", () => {
    const text = "const a = { what: b ? `the ${c} is wrong` : t(\"no\"), found: `${d} px`, next: e ?? \"Mend it.\" }; refuse(\"no array\", '\"x\"');";
    expect(bareSentences("a.ts", text)).toEqual(["a.ts: the … is wrong", "a.ts: Mend it.", "a.ts: no array"]);
  });
});

/** What the engine says, with something of the kind where a template puts in. */
const engine = modelErrors((expression) => (expression === "where" ? "stage 7" : expression === "name" ? "term 7" : expression === "target" || expression === "form.target" ? "latency" : "7"));
/** Numbers and fields alone. */
const words = (text: string): boolean => /\p{L}{2,}/u.test(text);

describe("what the engine refuses", () => {
  const partsOf = (text: string) => Object.values(toldProblem({ what: text, found: text, expected: text, next: text }));

  it("stays as it is in English", () => {
    expect(engine.length).toBeGreaterThan(40);
    for (const text of engine) expect(partsOf(text)).toEqual([text, text, text, text]);
  });

  it.each(LANGUAGES)("is known in %s", (tag) => {
    configureTexts(bundleOf(tag), tag);
    for (const text of engine.filter(words)) expect(partsOf(text).some((said) => said !== text), text).toBe(true);
  });
});

/** As `src/onnx` writes them: what a damaged or wrong file, and weights that compute nothing, come to. */
const FAULTS = [
  'safetensors header: found the name "a" twice near character 7, expected JSON.', "safetensors header: found bytes that are no UTF-8 text.", "safetensors header: found 200000 tensors, expected at most 100000.",
  'safetensors header, tensor "a": found no shape, expected a list of whole numbers.', 'safetensors header, tensor "a": found the bytes 4 to 9, expected them inside the 8 bytes of data. Is the file complete?',
  'safetensors header, tensor "a": found 9 bytes, expected 8 for the shape [2] of F32.', 'safetensors header, tensor "a": found it at byte 8, expected 4: tensors leave a gap.', 'safetensors header, __metadata__, "a": found no text.',
  "ONNX model: found the end inside a number (byte 7). Is the file complete?", "ONNX model: found two graphs, expected one.", 'ONNX model, metadata: found "a" twice.', 'ONNX model, initializer 3 ("a"): found more than 64 dimensions.',
  "The file is neither a safetensors file nor an ONNX model with a graph.", "a.weight: found external data (numbers in another file), which is refused. Save the model with its numbers inside.", "a.weight: found raw_data and float_data, expected one of them.",
  'foxnas.supernet in __metadata__: found nothing, expected "1". Write the file with the training kit.', "a.weight: found the shape [3, 3], expected [5, 5]. Is this the space that the supernet was trained for?",
  "a.weight: the file has no such tensor among its 12, expected the shape [3, 3]. Is this the space that the supernet was trained for?", 'a.weight: found numbers of type "I8", expected F32, F16 or BF16.', "a.weight: found NaN as number 7, expected finite numbers. Did training diverge?",
  "a.norm.running_var: found -1.5, expected no negative variance.", "Activations of a: found a number that is not finite. The weights make them overflow.", "Batch statistics: a_mean, channel 3: found NaN, expected a finite number. The weights make the activations overflow.",
  "The logits of image 3 are not finite.", "stages[0].blocks[1].kernel: found 4, expected one of 3, 5, 7.", 'stages: found 3, expected the 5 of the space "foxnas-cpu".', "stages[0].blocks, their number: found 9, expected one of 2, 3, 4.",
];

describe("what is wrong with a supernet or a network", () => {
  it("stays as it is in English, but for the full stop", () => {
    for (const text of FAULTS) expect(toldFault(text)).toBe(text.replace(/\.$/, ""));
    const any = fc.string();
    fc.assert(fc.property(any, any, any, any, (where, found, expected, hint) => {
      for (const text of [`${where}: found ${found}, expected ${expected}. ${hint}`, `${where}: found ${found}`]) expect(toldFault(text)).toBe(text.replace(/\.$/, ""));
    }));
  });

  it.each(LANGUAGES)("is known in %s, with its numbers and names", (tag) => {
    configureTexts(bundleOf(tag), tag);
    for (const text of FAULTS) {
      const said = toldFault(text);
      const data = (of: string) => of.match(/-?\d+(?:\.\d+)?|"[^"]*"|NaN/g) ?? [];
      expect(data(said).sort(), text).toEqual(expect.arrayContaining(data(text).filter((one) => one !== "NaN")));
      expect(said, text).not.toMatch(/\b(?:found|expected|the|no|of|with|twice|bytes|numbers|more|than)\b/);
    }
  });
});
