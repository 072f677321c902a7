import type { ComparedSide, ComparedStage } from "../../shared/comparison.js";
import { t } from "../../shared/l10n.js";
import { Drawing, type BlockMark } from "../architectureDrawing.js";

/** CSS px of a drawing: where two stand side by side or the page is wide, and where it is narrow. */
const WIDE = 460;
const NARROW = 358;

/** Marks of one side's blocks: what only the other side has is not there to be marked. */
function marksOf(stages: readonly ComparedStage[], side: "A" | "B", stage: string): BlockMark[] {
  const blocks = stages.find((one) => one.stage === stage)?.blocks ?? [];
  return blocks.filter(({ from, to }) => (side === "A" ? from : to) !== null).map(({ status }) => status);
}

function SideDrawing({ name, side, stages }: { name: "A" | "B"; side: ComparedSide; stages: readonly ComparedStage[] }) {
  const { card, architecture, title } = side;
  const drawn = card?.stages.map((stage, i) => ({ stage, blocks: architecture.stages[i]!.blocks, marks: marksOf(stages, name, stage.name) }));
  const label = `${name}: ${title}`;
  return (
    <figure>
      <figcaption><b class="letter">{name}</b> {title} <span class="dim">{card?.title ?? side.space}, {architecture.resolution}{" "}px</span></figcaption>
      {drawn === undefined
        ? <p class="note">{t("Its search space is not known here, so it cannot be drawn; its blocks are in the table below.")}</p>
        : <><div class="drawn wide"><Drawing stages={drawn} width={WIDE} label={label} /></div><div class="drawn narrow"><Drawing stages={drawn} width={NARROW} label={label} /></div></>}
    </figure>
  );
}

/** Both architectures side by side; blocks that differ are outlined and carry a sign. */
export function Drawings({ a, b, stages }: { a: ComparedSide; b: ComparedSide; stages: readonly ComparedStage[] }) {
  return (
    <section class="architecture architectures">
      <h2>{t("Architectures")}</h2>
      <div class="sides">
        <SideDrawing name="A" side={a} stages={stages} />
        <SideDrawing name="B" side={b} stages={stages} />
      </div>
      <p class="legend">
        <span><i class="key mark" />≠ {t("changed")}</span>
        <span><i class="key mark dashed" />{"−"} {t("only in A")}</span>
        <span><i class="key mark dashed" />+ {t("only in B")}</span>
        <span><i class="key bar" />{t("expand ratio e")}</span>
        <span>{t("k kernel size")}</span>
        <span><i class="key corner" />{t("halves the resolution")}</span>
        <span><i class="key outline" />{t("depth not used")}</span>
      </p>
    </section>
  );
}
