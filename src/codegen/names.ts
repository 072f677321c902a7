import { TAKEN_MODULES } from "./pythonNames.js";

/** What a generated file defines or imports itself. */
const CLASSES = ["ConvNorm", "SqueezeExcite", "InvertedResidual", "Stem", "Stage", "Head"];
const CONSTANTS = ["RESOLUTION", "CLASSES", "RESIZE", "MEAN", "STD", "STAGES", "F"];
const TAKEN = new Set([...CLASSES, ...CONSTANTS, "False", "None", "True"]);
const LONGEST = 40;

/** Words of letters and digits that every Python takes; accents go, other scripts too. */
function wordsOf(text: string): string[] {
  const file = text.split(/[\\/]/).at(-1)!;
  const stem = file.replace(/(\.foxnas)?\.(json|ya?ml)$/i, "");
  return (stem.normalize("NFKD").replace(/\p{M}/gu, "").match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.slice(0, LONGEST));
}

function joined(words: readonly string[]): string {
  let name = "";
  for (const word of words) {
    const next = name + word[0]!.toUpperCase() + word.slice(1);
    if (next.length > LONGEST) break;
    name = next;
  }
  return /^\d/.test(name) ? `Net${name}` : name;
}

/**
 * Name of the network's class, from the config's file: `KitchenNet` of `kitchen-net.foxnas.json`; from the space where the
 * file's name has no letter that Python takes everywhere.
 */
export function className(file: string, spaceId: string): string {
  const name = joined(wordsOf(file)) || joined(wordsOf(spaceId));
  return TAKEN.has(name) ? `${name}Network` : name;
}

/** The same as a file's or a model's name: `kitchen_net`. One that would hide a module of Python's own gets `_net`. */
export function moduleName(file: string, spaceId: string): string {
  const name = className(file, spaceId).replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return TAKEN_MODULES.has(name) ? `${name}_net` : name;
}
