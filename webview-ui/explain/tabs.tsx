import { t } from "../../src/shared/l10n.js";
import type { Tab } from "../../src/shared/panel.js";

const TABS: readonly { id: Tab; name: string }[] = [
  { id: "result", name: t("Result") },
  { id: "alternatives", name: t("Alternatives") },
  { id: "whatIf", name: t("What if") },
  { id: "general", name: t("In general") },
  { id: "predictors", name: t("Predictors") },
];

const MOVES: Record<string, (index: number) => number> = {
  ArrowLeft: (i) => (i + TABS.length - 1) % TABS.length,
  ArrowRight: (i) => (i + 1) % TABS.length,
  Home: () => 0,
  End: () => TABS.length - 1,
};

/** The views of a result, as the ARIA practices have tabs: arrows choose, one of them takes the Tab key. */
export function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const keyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const to = MOVES[event.key]?.(TABS.findIndex(({ id }) => id === tab));
    if (to === undefined) return;
    event.preventDefault();
    onTab(TABS[to]!.id);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t("Views of the result")} onKeyDown={keyDown}>
      {TABS.map(({ id, name }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} aria-controls="view" aria-selected={id === tab} tabIndex={id === tab ? 0 : -1} onClick={() => onTab(id)}>
          {name}
        </button>
      ))}
    </div>
  );
}
