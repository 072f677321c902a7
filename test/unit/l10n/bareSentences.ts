import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** Parts of a Problem that are sentences or words. */
const SPOKEN = new Set(["what", "found", "expected", "next"]);
/** Functions that are given them one by one. */
const REFUSING = new Set(["refuse", "mismatch", "requireDigest", "requireSame"]);
/** The same in every language: units, names of formats, of fields and of arrays. */
const DATA = /\b(?:px|JSON|SHA|images|labels|requestSha256|resultSha256)\b/g;

/** Literals that an expression may come to without passing `t`; `…` stands for what a template puts in. */
function literalsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [`${node.head.text}${node.templateSpans.map(({ literal }) => `…${literal.text}`).join("")}`, ...node.templateSpans.flatMap(({ expression }) => literalsOf(expression))];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) return literalsOf(node.expression);
  return [];
}

/** Data is quoted as in a file, or has no words. */
const isSentence = (text: string): boolean => !/^(["'{]|\\).*$/s.test(text) && /\p{L}{2,}/u.test(text.replaceAll(DATA, ""));

/** Sentences of input errors in a source that are not translated. */
export function bareSentences(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const check = (node: ts.Expression) => found.push(...literalsOf(node).filter(isSentence).map((sentence) => `${name}: ${sentence}`));
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && SPOKEN.has(node.name.getText(source))) check(node.initializer);
    if (ts.isCallExpression(node) && REFUSING.has(node.expression.getText(source))) node.arguments.forEach(check);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** Sources of rooms, with their texts. */
export function sourcesOf(rooms: readonly string[]): { name: string; text: string }[] {
  return rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${room}/${file.replaceAll("\\", "/")}`)
      .map((name) => ({ name, text: readFileSync(name, "utf8") })),
  );
}

/** Texts that sources give the engine's ModelError, but for its path; what a template puts in as `given` says. */
export function modelErrors(given: (expression: string) => string): string[] {
  const found: string[] = [];
  for (const { name, text } of sourcesOf(["src/engine"])) {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const textOf = (node: ts.Expression): string | undefined => {
      if (ts.isStringLiteralLike(node)) return node.text;
      if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ expression, literal }) => given(expression.getText(source)) + literal.text).join("");
      return undefined;
    };
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText(source) === "ModelError") found.push(...(node.arguments ?? []).map(textOf).filter((one) => one !== undefined));
      node.forEachChild(visit);
    };
    visit(source);
  }
  return found;
}
