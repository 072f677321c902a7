import renderToString from "preact-render-to-string";
import type { Explanation } from "../../shared/explanation.js";
import { budgetText, intervalText, ms, percent } from "../../shared/format.js";
import { language, t } from "../../shared/l10n.js";
import { probabilityText } from "../../shared/probability.js";
import type { Estimate } from "../../shared/results.js";
import { ArchitectureDrawing } from "../architectureDrawing.js";
import { DiagnosticsPicture } from "../diagnostics/diagnostics.js";
import { EffectsPicture } from "../effects.js";
import { FrontPicture } from "../frontPicture.js";
import { HeatmapsPicture } from "../heatmaps.js";
import { ImportancePicture } from "../importance.js";
import { MarginalPicture } from "../marginal.js";
import { MovesPicture } from "../moves.js";
import { NearTiesPicture } from "../nearTies.js";
import { Paper } from "../paper.js";
import { PredictorFacts } from "../predictorCard.js";
import { TARGETS, WORD, type Target } from "../target.js";
import { WaterfallPicture } from "../waterfall/waterfall.js";
import { Markdown } from "./markdown.js";

/** CSS px of the pictures on a page that is wide enough; on a narrow one they are drawn narrower. */
const WIDTH = 720;

export interface ReportOptions {
  title: string;
  /** As it is to be read. */
  date: string;
  /** Of the program. */
  version: string;
  /** The text of `dist/report.css`. */
  css: string;
}

/**
 * The explanation as one HTML page that stands alone: no script, nothing to load, light and dark by the reader's wish.
 * Names and texts of the explanation are escaped.
 * @throws Error when the style sheet could end its element
 */
export function reportHtml(explanation: Explanation, options: ReportOptions): string {
  const { title, css } = options;
  // The style element is the one place whose text is not escaped; it is ours, and this keeps it so.
  if (/<\/style/i.test(css)) throw new Error("The report's style sheet holds `</style`: pass the text of dist/report.css.");
  const head = renderToString(
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
    </>,
  );
  const body = renderToString(<Paper.Provider value={true}><Report explanation={explanation} options={options} /></Paper.Provider>);
  return `<!doctype html>\n<html lang="${language()}"><head>${head}<style>${css}</style></head><body>${body}</body></html>\n`;
}

function Figure({ target, estimate, device }: { target: Target; estimate: Estimate; device: string | null }) {
  const value = target === "accuracy" ? percent(estimate.value) : ms(estimate.value);
  const interval = estimate.interval === null ? t("no interval") : `95 %: ${intervalText(estimate.interval, estimate.unit)}`;
  return (
    <div class={`figure ${target}`}>
      <b>{value}</b>
      <span>{device === null ? t("{0}, predicted", WORD[target]) : t("{0}, predicted, {1}", WORD[target], device)}</span>
      <span>{interval}{estimate.extrapolated === true ? t("; further out than every sample") : ""}</span>
    </div>
  );
}

function Report({ explanation, options }: { explanation: Explanation; options: ReportOptions }) {
  const { architecture, predictors, predicted, budget } = explanation;
  const { accuracy, latency, marginal, optimum } = explanation;
  const at = { accuracy: predicted.accuracy.value, latency: predicted.latency.value };
  const figures = explanation.nearTies?.optimum;
  const whole = explanation.overview.accuracy !== null || explanation.overview.latency !== null;
  return (
    <main class="report">
      <header>
        <h1>{options.title}</h1>
        <p class="facts">
          {[explanation.space.title, `${architecture.resolution}\u00a0px`, budget === null ? t("no budget") : t("budget {0}", budgetText(budget)), options.date, `FOX-NAS ${options.version}`].join(" · ")}
        </p>
      </header>
      <div class="figures">
        <Figure target="accuracy" estimate={predicted.accuracy} device={null} />
        <Figure target="latency" estimate={predicted.latency} device={predictors.latency.device} />
        {explanation.withinBudget !== null && (
          <div class="figure"><b>{probabilityText(explanation.withinBudget)}</b><span>{t("chance that one measurement stays within the budget")}</span></div>
        )}
        {optimum !== null && (
          <div class="figure"><b>{percent(optimum.accuracy)}</b><span>{t("proven optimum of these predictors, at {0}", ms(optimum.latency))}</span></div>
        )}
      </div>
      <Markdown text={explanation.text} />
      <ArchitectureDrawing architecture={architecture} space={explanation.space} width={WIDTH} />
      {accuracy !== null && latency !== null && <WaterfallPicture {...{ accuracy, latency }} linked={predictors.accuracy.link !== null} />}
      <FrontPicture front={explanation.front} at={at} budget={budget} width={WIDTH} />
      {marginal !== null && <MarginalPicture marginal={marginal} from={optimum ?? at} />}
      <MovesPicture moves={explanation.moves} />
      {optimum !== null && figures !== undefined && <NearTiesPicture optimum={{ ...figures, ...optimum }} ties={explanation.nearTies?.listed ?? []} />}
      <ImportancePicture shares={explanation.importance} />
      {whole && <EffectsPicture overview={explanation.overview} width={WIDTH} />}
      {whole && <HeatmapsPicture overview={explanation.overview} />}
      {TARGETS.map((target) => {
        const diagnostics = explanation.diagnostics[target];
        return diagnostics !== null && <DiagnosticsPicture key={target} diagnostics={diagnostics} card={predictors[target]} width={WIDTH} />;
      })}
      <section class="picture">
        <h2>{t("Where the numbers come from")}</h2>
        <div class="two">
          <PredictorFacts card={predictors.accuracy} />
          <PredictorFacts card={predictors.latency} />
        </div>
      </section>
    </main>
  );
}
