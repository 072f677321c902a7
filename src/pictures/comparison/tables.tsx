import type { BlockPrice, ComparedBlock, ComparedSide, ComparedStage, Comparison } from "../../shared/comparison.js";
import { blockPriceNote, blockText, differenceDigits, priceText, stageText, statusText } from "../../shared/comparisonText.js";
import type { Part } from "../../shared/explanation.js";
import { intervalText, signedIntervalText } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import { plain, STEP_UNIT, TARGETS, type Target } from "../target.js";

const nameOf = (target: Target): string => (target === "accuracy" ? t("Accuracy") : t("Latency"));

/** Both predictions of both sides, and their difference with its interval. */
export function Totals({ comparison }: { comparison: Comparison }) {
  const { a, b, total } = comparison;
  const digits = differenceDigits(comparison);
  return (
    <table class="totals">
      <caption class="hidden">{t("Predictions of A and B")}</caption>
      <thead>
        <tr><td /><th scope="col">A</th><th scope="col">B</th><th scope="col">{t("B − A")}</th></tr>
      </thead>
      <tbody>
        {TARGETS.map((target) => (
          <tr key={target} class={target}>
            <th scope="row">{nameOf(target)}</th>
            <Predicted target={target} side={a} />
            <Predicted target={target} side={b} />
            <Priced target={target} part={total?.[target] ?? null} digits={digits} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Predicted({ target, side: { predicted } }: { target: Target; side: ComparedSide }) {
  if (predicted === null) return <td><Nothing /></td>;
  const { value, interval, unit, extrapolated } = predicted[target];
  return (
    <td>
      <b>{plain[target](value)}</b>
      {interval !== null && <small>{intervalText(interval, unit)}</small>}
      {extrapolated === true && <small>{t("extrapolated")}</small>}
    </td>
  );
}

function Priced({ target, part, digits, mark = "" }: { target: Target; part: Part | null; digits: number; mark?: string }) {
  if (part === null) return <td><Nothing /></td>;
  return (
    <td class={`price ${target}`}>
      <b>{mark}{priceText(target, part.value, digits)}</b>
      {part.interval !== null && <small>{signedIntervalText(part.interval, STEP_UNIT[target], digits)}</small>}
    </td>
  );
}

const Nothing = () => <><span aria-hidden="true">—</span><span class="hidden">{t("not known")}</span></>;

/** Every stage with what happened to its blocks, and what each costs. */
export function Blocks({ comparison }: { comparison: Comparison }) {
  const { stages } = comparison;
  const digits = differenceDigits(comparison);
  const note = blockPriceNote(comparison);
  const name = t("Stages and blocks of A and B");
  return (
    <section class="picture blocks">
      <h2>{t("Block by block")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={name}>
        <table>
          <caption class="hidden">{name}</caption>
          <thead>
            <tr>
              <th scope="col" class="words">{t("Block")}</th><th scope="col" class="words">A</th><th scope="col" class="words">B</th>
              {TARGETS.map((target) => <th key={target} scope="col">{nameOf(target)} <small>{t("95 % interval")}</small></th>)}
            </tr>
          </thead>
          {stages.map((stage) => <StageRows key={stage.stage} {...{ stage, digits }} />)}
        </table>
      </div>
      {note !== null && <p class="note">{note}</p>}
    </section>
  );
}

function StageRows({ stage, digits }: { stage: ComparedStage; digits: number }) {
  const { blocks, price, differs } = stage;
  return (
    <tbody class={differs ? "differs" : ""}>
      <tr class="stage-row">
        <th scope="rowgroup" class="words" colSpan={3}>{t("Stage {0}", stage.stage)} <small>{stageText(stage)}</small></th>
        {TARGETS.map((target) => (differs ? <Priced key={target} target={target} part={price?.[target] ?? null} digits={digits} /> : <td key={target} />))}
      </tr>
      {differs && blocks.map((block) => <BlockRow key={block.block} {...{ block, digits }} />)}
    </tbody>
  );
}

function BlockRow({ block, digits }: { block: ComparedBlock; digits: number }) {
  const { status, from, to, price } = block;
  const cell = (one: ComparedBlock["from"]) => (one === null ? <Nothing /> : blockText(one));
  const priced = (target: Target, part: BlockPrice | null) => <Priced key={target} target={target} part={part} digits={digits} mark={part?.how === "alone" ? "≈ " : ""} />;
  return (
    <tr class={status}>
      <th scope="row" class="words">{block.block} <small>{[block.block === 1 ? t("transition") : null, status === "same" ? null : statusText(status)].filter((part) => part !== null).join(", ")}</small></th>
      <td class="words">{cell(from)}</td>
      <td class="words">{cell(to)}</td>
      {TARGETS.map((target) => (status === "same" ? <td key={target} /> : priced(target, price[target])))}
    </tr>
  );
}
