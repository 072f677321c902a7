/**
 * Translation of the texts that people see, with the semantics of `vscode.l10n.t`: the English message is
 * the key, `{0}`, `{1}` … are its arguments. Ours, because the panel and the pure rooms have no `vscode`;
 * the host takes the bundle that VS Code loaded for it, the panel gets the same one with its page, and a worker is
 * told the bundle's file.
 *
 * The default is the identity, so the command line with its workers and the tests speak English. Many texts are made
 * while their module loads: a program's first import configures, and is imported for that alone.
 */

/** English message → translated message, as in `l10n/bundle.l10n.de.json`. */
export type Texts = Readonly<Record<string, string>>;

let texts: Texts | undefined;
let spoken = "en";
let file: string | undefined;

/**
 * Sets the language of all further texts; undefined is English. Texts made before stay as they are.
 * @param tag of the language, as in `lang="de"`
 * @param from the bundle's file, for programs that this one starts
 */
export function configureTexts(bundle: Texts | undefined, tag = "en", from?: string): void {
  texts = bundle;
  spoken = bundle === undefined ? "en" : tag;
  file = bundle === undefined ? undefined : from;
}

/** File of the texts, for a program that this one starts to speak the same; undefined for English. */
export const textsFile = (): string | undefined => file;

/** What is made in English whatever the language: for what is kept, and compared elsewhere. */
export function inEnglish<T>(make: () => T): T {
  const known = texts;
  texts = undefined;
  try {
    return make();
  } finally {
    texts = known;
  }
}

/** Tag of the language that texts are in: for `lang` attributes. */
export const language = (): string => spoken;

/** The same for dates, with the day before the month in English as well. */
export const dateLanguage = (): string => (spoken === "en" ? "en-GB" : spoken);

/** The translated message with its placeholders filled. `message` is a literal: `npm run l10n` collects them. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  const known = texts !== undefined && Object.hasOwn(texts, message) ? texts[message] : undefined;
  const translated = known ?? message;
  if (args.length === 0) return translated;
  return translated.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

/** The element that hands a page its texts (`webview-ui/texts.ts`): data, not a script; empty for English. No text can end the element: JSON writes `<` as well without it. */
export function textsElement(texts: Texts | undefined): string {
  return texts === undefined ? "" : `<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll("<", "\\u003c")}</script>\n`;
}
