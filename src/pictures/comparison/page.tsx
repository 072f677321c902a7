import renderToString from "preact-render-to-string";
import type { Comparison } from "../../shared/comparison.js";
import { comparisonSentences, differenceDigits, pathSentence } from "../../shared/comparisonText.js";
import { budgetText } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import type { PredictorCard } from "../../shared/results.js";
import { DifferencePicture } from "../difference.js";
import { Paper } from "../paper.js";
import { PredictorFacts } from "../predictorCard.js";
import { Drawings } from "./drawings.js";
import { Blocks, Totals } from "./tables.js";

const WIDTH = 720;

export interface ComparisonPage {
  title: string;
  /** Of the page's texts, e.g. `en`. */
  language: string;
  /** Address of `dist/comparison.css`, and where the policy lets styles come from. */
  css: string;
  cspSource: string;
  /** Null while nothing could be compared yet. */
  comparison: Comparison | null;
  /** Why the page is not what the files say at the moment, sentence by sentence. */
  problems: readonly string[];
  /** Links that do something, `command:…`. */
  actions: readonly { label: string; href: string }[];
}

/** A comparison as a page of its own: no script, nothing to load but its style sheet; all names and texts are escaped. */
export function comparisonHtml(page: ComparisonPage): string {
  const { title, language, css, cspSource } = page;
  const html = renderToString(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={`default-src 'none'; style-src ${cspSource}`} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href={css} />
      </head>
      <body>
        <Paper.Provider value={true}><Page {...page} /></Paper.Provider>
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

function Page({ title, comparison, problems, actions }: ComparisonPage) {
  return (
    <main class="comparison">
      <header>
        <h1>{title}</h1>
        {comparison !== null && <p class="facts">{facts(comparison)}</p>}
      </header>
      {problems.map((problem) => <p key={problem} class="notice warn" role="status">{problem}</p>)}
      {comparison !== null && <Compared comparison={comparison} actions={actions} />}
    </main>
  );
}

function facts({ a, b, budget }: Comparison): string {
  const place = ({ card, space, architecture }: Comparison["a"]) => `${card?.title ?? space} · ${architecture.resolution} px`;
  const places = [...new Set([place(a), place(b)])];
  return [...places, budget === null ? t("no budget") : t("budget {0}", budgetText(budget))].join(" · ");
}

function Compared({ comparison, actions }: Pick<ComparisonPage, "actions"> & { comparison: Comparison }) {
  const { a, b, stages, total, path, limits } = comparison;
  const order = pathSentence(comparison);
  const predicted = a.predicted !== null || b.predicted !== null;
  const ends = (side: Comparison["a"]) => ({ accuracy: side.predicted!.accuracy.value, latency: side.predicted!.latency.value });
  const rows = stages.flatMap(({ stage, price }) => (price === null ? [] : [{ stage, ...price }]));
  const differs = stages.some((stage) => stage.differs);
  return (
    <>
      <p class="sum-up">{comparisonSentences(comparison).join(" ")}</p>
      {limits.map((limit) => <p key={limit} class="notice">{limit}</p>)}
      {predicted && <Totals comparison={comparison} />}
      {actions.length > 0 && <p class="links">{actions.map(({ label, href }) => <a key={href} href={href}>{label}</a>)}</p>}
      <Drawings {...{ a, b, stages }} />
      {differs && <Blocks comparison={comparison} />}
      {differs && total !== null && rows.length > 0 && <DifferencePicture {...{ rows, path, total }} from={ends(a)} to={ends(b)} width={WIDTH} digits={differenceDigits(comparison)} />}
      {order !== null && <p class="note order">{order}</p>}
      <Sources {...{ a, b }} />
    </>
  );
}

/** Who says so: every predictor once. */
function Sources({ a, b }: Pick<Comparison, "a" | "b">) {
  const cards = [a, b].flatMap(({ predictors }): PredictorCard[] => (predictors === null ? [] : [predictors.accuracy, predictors.latency]));
  const once = cards.filter((card, i) => cards.findIndex(({ digest }) => digest === card.digest) === i);
  if (once.length === 0) return null;
  return (
    <section class="picture">
      <h2>{t("Where the numbers come from")}</h2>
      <p class="note first">{t("Predicted, not measured. The interval of a difference says how sure these predictors are of it.")}</p>
      <div class="two">{once.map((card) => <PredictorFacts key={card.digest} card={card} />)}</div>
    </section>
  );
}
