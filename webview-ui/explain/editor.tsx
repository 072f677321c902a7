import type { Architecture } from "../../src/shared/architecture.js";
import type { SpaceCard, StageCard } from "../types.js";
import { t } from "../../src/shared/l10n.js";

type Block = Architecture["stages"][number]["blocks"][number];

/** A choice among a few numbers. */
function Choice(props: { label: string; prefix: string; value: number; choices: readonly number[]; changed: boolean; onChange: (value: number) => void }) {
  const { label, prefix, value, choices, changed, onChange } = props;
  return (
    <select class={changed ? "changed" : ""} aria-label={label} value={String(value)} onChange={(event) => onChange(Number(event.currentTarget.value))}>
      {choices.map((choice) => (
        <option key={choice} value={String(choice)}>
          {prefix}
          {choice}
        </option>
      ))}
    </select>
  );
}

function BlockRow(props: { stage: StageCard; index: number; block: Block | undefined; before: Block | undefined; onChange: (block: Block) => void }) {
  const { stage, index, block, before, onChange } = props;
  const name = t("Stage {0}, block {1}", stage.name, index + 1);
  if (block === undefined) return <div class="edit-block unused" aria-hidden="true">{t("not used")}</div>;
  return (
    <div class="edit-block">
      <Choice label={t("{0}: expand ratio", name)} prefix="e" value={block.expand} choices={stage.expand} changed={block.expand !== before?.expand} onChange={(expand) => onChange({ ...block, expand })} />
      <Choice label={t("{0}: kernel size", name)} prefix="k" value={block.kernel} choices={stage.kernel} changed={block.kernel !== before?.kernel} onChange={(kernel) => onChange({ ...block, kernel })} />
    </div>
  );
}

/** Blocks of a new depth: a new block is as the one before it. */
function resized(blocks: readonly Block[], depth: number): Block[] {
  return Array.from({ length: depth }, (_, i) => ({ ...(blocks[i] ?? blocks.at(-1)!) }));
}

/**
 * Every choice of an architecture, stage by stage.
 * @param before what it is compared with: choices that differ are marked
 */
export function Editor(props: { space: SpaceCard; architecture: Architecture; before: Architecture; onChange: (architecture: Architecture) => void }) {
  const { space, architecture, before, onChange } = props;
  const put = (at: number, blocks: Block[]) =>
    onChange({ ...architecture, stages: architecture.stages.map((stage, i) => (i === at ? { ...stage, blocks } : stage)) });
  return (
    <div class="editor">
      {space.stages.map((stage, at) => {
        const { blocks } = architecture.stages[at]!;
        const old = before.stages[at]!.blocks;
        return (
          <fieldset key={stage.name}>
            <legend>{t("Stage {0}", stage.name)}</legend>
            <Choice label={t("Stage {0}: blocks", stage.name)} prefix={t("blocks: ")} value={blocks.length} choices={stage.depth} changed={blocks.length !== old.length} onChange={(depth) => put(at, resized(blocks, depth))} />
            {Array.from({ length: Math.max(...stage.depth) }, (_, i) => (
              <BlockRow key={i} stage={stage} index={i} block={blocks[i]} before={old[i]} onChange={(block) => put(at, blocks.map((other, j) => (j === i ? block : other)))} />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
