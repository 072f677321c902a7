import { DataTable, type Column } from "./dataTable.js";
import { Plot } from "./plot.js";
import type { Architecture } from "../shared/architecture.js";
import type { Explanation } from "../shared/explanation.js";
import { t } from "../shared/l10n.js";

type SpaceCard = Explanation["space"];
type StageCard = SpaceCard["stages"][number];

type Block = Architecture["stages"][number]["blocks"][number];

/** How a block stands to another architecture's block at the same place. */
export type BlockMark = "same" | "changed" | "added" | "removed";
const MARK: Record<BlockMark, string> = { same: "", changed: "≠", added: "+", removed: "\u2212" };

const GAP = 12;
const MIN_COLUMN = 62;
const BLOCK = 23;
const STEP = 26;
const FUNNEL = 26;
/** Columns narrower than this put the sides on a line of their own. */
const WIDE = 92;
/** Where the first block starts: below the funnel and two or three lines of text. */
const headHeight = (width: number): number => FUNNEL + (width < WIDE ? 56 : 42);

const ACTIVATION: Record<string, string> = { relu: "ReLU", hswish: "h-swish" };
const activationName = (id: string): string => ACTIVATION[id] ?? id;

/** Dots of a k x k kernel, at most 15 px wide, set right-aligned at `right`. */
function Kernel(props: { kernel: number; right: number; top: number }) {
  const { kernel, right, top } = props;
  const pitch = Math.min(2.4, 16 / kernel);
  const size = pitch * kernel;
  const dots = Array.from({ length: kernel * kernel }, (_, i) => {
    const [column, row] = [i % kernel, Math.floor(i / kernel)];
    return `M${(right - size + column * pitch).toFixed(1)} ${(top + (BLOCK - size) / 2 + row * pitch).toFixed(1)}h1.4v1.4h-1.4z`;
  });
  return <path class="kernel" d={dots.join("")} />;
}

function BlockBar(props: { block: Block; stage: StageCard; maxExpand: number; x: number; y: number; width: number; transition: boolean; mark: BlockMark }) {
  const { block, stage, maxExpand, x, y, width, transition, mark } = props;
  const strided = transition && stage.input !== stage.output;
  const label = `e${block.expand} k${block.kernel}`;
  // Beside the kernel's dots; where the ratio's digits take the room, in the gap before the block.
  const signAt = width >= WIDE ? x + width - 28 : width >= 80 || label.length < 6 ? x + width - 7 : x - 2;
  return (
    <g>
      <rect class="block" x={x} y={y} width={width} height={BLOCK} rx={2} />
      <rect class="expand" x={x} y={y} width={(width * block.expand) / maxExpand} height={BLOCK} rx={2} />
      {strided && <path class="stride" d={`M${x} ${y}h9l-9 9z`} />}
      <text class="strong" x={x + (width < 80 ? 8 : 12)} y={y + 16}>{label}</text>
      {width >= WIDE && <Kernel kernel={block.kernel} right={x + width - 6} top={y} />}
      {mark !== "same" && <rect class={`mark ${mark}`} x={x} y={y} width={width} height={BLOCK} rx={2} />}
      {mark !== "same" && <text class="strong sign" x={signAt} y={y + 16} text-anchor="end">{MARK[mark]}</text>}
    </g>
  );
}

function Stage(props: { stage: StageCard; blocks: Block[]; marks: readonly BlockMark[]; x: number; y: number; width: number; maxExpand: number; maxSide: number }) {
  const { stage, blocks, marks, x, y, width, maxExpand, maxSide } = props;
  const half = (side: number) => (FUNNEL / 2) * Math.max(0.06, Math.sqrt(side / maxSide));
  const [from, to] = [half(stage.input), half(stage.output)];
  const middle = y + FUNNEL / 2;
  const most = Math.max(...stage.depth, blocks.length);
  const sides = stage.input === stage.output ? `${stage.output} px` : `${stage.input}→${stage.output} px`;
  return (
    <g>
      <path class="funnel" d={`M${x} ${middle - from}L${x + width} ${middle - to}V${middle + to}L${x} ${middle + from}Z`} />
      <text class="strong name" x={x} y={y + FUNNEL + 16}>{stage.name}</text>
      {width >= WIDE && <text x={x + width} y={y + FUNNEL + 16} text-anchor="end">{sides}</text>}
      {width < WIDE && <text x={x} y={y + FUNNEL + 31}>{sides}</text>}
      <text x={x} y={y + FUNNEL + (width < WIDE ? 46 : 32)}>{[stage.squeezeExcite ? "SE" : null, activationName(stage.activation)].filter(Boolean).join(" · ")}</text>
      {Array.from({ length: most }, (_, i) => {
        const block = blocks[i];
        const top = y + headHeight(width) + i * STEP;
        return block === undefined
          ? <rect key={i} class="unused" x={x + 0.5} y={top + 0.5} width={width - 1} height={BLOCK - 1} rx={2} />
          : <BlockBar key={i} {...{ block, stage, maxExpand, width }} x={x} y={top} transition={i === 0} mark={marks[i] ?? "same"} />;
      })}
    </g>
  );
}

interface Row { stage: StageCard; index: number; block: Block }
const columns: Column<Row>[] = [
  { head: t("Stage"), text: (r) => r.stage.name, words: true },
  { head: t("Block"), text: (r) => (r.index === 0 ? t("1 (transition)") : String(r.index + 1)), words: true },
  { head: t("Expand ratio"), text: (r) => String(r.block.expand) },
  { head: t("Kernel (px)"), text: (r) => `${r.block.kernel} × ${r.block.kernel}` },
  { head: t("Output (px)"), text: (r) => String(r.stage.output) },
  { head: t("Squeeze-excite"), text: (r) => (r.stage.squeezeExcite ? t("yes") : t("no")), words: true },
  { head: t("Activation"), text: (r) => activationName(r.stage.activation), words: true },
];

/** The architecture as stages and blocks: width of a bar is the expand ratio, dots are the kernel. `width` in CSS px. */
export function ArchitectureDrawing({ architecture, space, width }: { architecture: Architecture; space: SpaceCard; width: number }) {
  const stages = architecture.stages.flatMap((choice, i) => {
    const stage = space.stages[i];
    return stage === undefined ? [] : [{ stage, blocks: choice.blocks }];
  });
  const rows = stages.flatMap(({ stage, blocks }) => blocks.map((block, index) => ({ stage, index, block })));
  return (
    <section class="architecture">
      <h2>{t("Architecture at {0}\u00a0px", architecture.resolution)}</h2>
      <Plot width={width}>{(w) => <Drawing stages={stages} width={w} />}</Plot>
      <p class="legend">
        <span><i class="key bar" />{t("expand ratio e")}</span>
        <span>{t("k kernel size")}</span>
        <span><i class="key corner" />{t("halves the resolution")}</span>
        <span><i class="key outline" />{t("depth not used")}</span>
        <span>{t("SE squeeze-excite")}</span>
      </p>
      <DataTable name={t("Blocks of the architecture")} columns={columns} rows={rows} />
    </section>
  );
}

interface StageBlocks { stage: StageCard; blocks: Block[]; marks?: readonly BlockMark[] }

/** The drawing alone, in CSS px; `marks` by place in a stage. `label` names it where there are several. */
export function Drawing({ stages, width, label }: { stages: StageBlocks[]; width: number; label?: string }) {
  const columnCount = Math.max(1, Math.min(stages.length, Math.floor((width + GAP) / (MIN_COLUMN + GAP))));
  const columnWidth = (width - GAP * (columnCount - 1)) / columnCount;
  const deepest = Math.max(1, ...stages.map(({ stage, blocks }) => Math.max(...stage.depth, blocks.length)));
  const rowHeight = headHeight(columnWidth) + deepest * STEP + 6;
  const maxExpand = Math.max(...stages.flatMap(({ stage, blocks }) => [...stage.expand, ...blocks.map(({ expand }) => expand)]));
  const maxSide = Math.max(...stages.map(({ stage }) => stage.input));
  return (
    <svg width={width} height={Math.ceil(stages.length / columnCount) * rowHeight} role="img" aria-label={label === undefined ? describe(stages) : `${label}. ${describe(stages)}`}>
      {stages.map(({ stage, blocks, marks = [] }, i) => (
        <Stage
          key={stage.name}
          {...{ stage, blocks, marks, maxExpand, maxSide }}
          width={columnWidth}
          x={(i % columnCount) * (columnWidth + GAP)}
          y={Math.floor(i / columnCount) * rowHeight}
        />
      ))}
    </svg>
  );
}

const describe = (stages: StageBlocks[]): string =>
  t("Architecture: {0}. The table below lists every block.", stages.map(({ stage, blocks }) => blocks.length === 1 ? t("stage {0}, 1 block", stage.name) : t("stage {0}, {1} blocks", stage.name, blocks.length)).join("; "));
