import type { EditorProblem } from "../types.js";
import { blockProblems } from "./blocks.js";
import { budgetProblems } from "./budget.js";
import type { Context } from "../context.js";
import { fieldProblems } from "./fields.js";
import { staleProblems } from "./stale.js";
import { stageProblems } from "./stages.js";
import { predictorProblems, spaceProblems } from "./surroundings.js";
import { syntaxProblems } from "./syntax.js";

/** More than anybody reads; a text that is no config at all has one in every line. */
const MOST = 100;

/** All problems of a text, in its order. Of two errors at one place, the one that knows the space says more. */
export function problemsOf(context: Context): EditorProblem[] {
  const special = [spaceProblems, stageProblems, blockProblems, predictorProblems, budgetProblems, staleProblems].flatMap((find) => find(context));
  const places = new Set(special.filter(({ severity }) => severity === "error").map(({ path }) => path.join("\0")));
  const general = fieldProblems(context).filter(({ path }) => !places.has(path.join("\0")));
  return [...syntaxProblems(context.document), ...general, ...special].sort((a, b) => a.span.start - b.span.start).slice(0, MOST);
}
