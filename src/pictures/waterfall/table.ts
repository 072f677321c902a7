import { ms, percent } from "../../shared/format.js";
import { CHOICES, type Part } from "../../shared/explanation.js";
import { CHOICE_WORD } from "../choices.js";
import type { Column } from "../dataTable.js";
import { signed, signedInterval } from "../target.js";
import { waterfall, type Stacked } from "./stack.js";
import { t } from "../../shared/l10n.js";

export interface WhyRow { name: string; accuracy: string; accuracyInterval: string; latency: string; latencyInterval: string }

/** A row of differences with their intervals; `digits` of milliseconds. */
export const partRow = (name: string, accuracy: Part, latency: Part, digits?: number): WhyRow => ({
  name,
  accuracy: signed.accuracy(accuracy.value), accuracyInterval: signedInterval("accuracy", accuracy.interval),
  latency: signed.latency(latency.value, digits), latencyInterval: signedInterval("latency", latency.interval, digits),
});

/** A row of values. */
export const valueRow = (name: string, accuracy: number, latency: number): WhyRow => ({
  name, accuracy: percent(accuracy), accuracyInterval: "", latency: ms(latency), latencyInterval: "",
});

/** The rows of the table: baseline, every stage with its parts where they are known, total. */
export function whyRows(accuracy: Stacked, latency: Stacked): WhyRow[] {
  const stages = accuracy.contributions.flatMap((own, i) => {
    const other = latency.contributions[i];
    if (other === undefined) return [];
    const name = t("Stage {0}", own.stage);
    const { parts } = own;
    const others = other.parts;
    const below = parts === undefined || others === undefined ? [] : CHOICES.map((choice) => partRow(`${name}: ${CHOICE_WORD[choice]}`, parts[choice], others[choice]));
    return [partRow(name, own, other), ...below];
  });
  return [
    valueRow(t("Mean of the space"), accuracy.baseline, latency.baseline),
    ...stages,
    valueRow(t("This architecture"), waterfall(accuracy).total, waterfall(latency).total),
  ];
}

export const columns: readonly Column<WhyRow>[] = [
  { head: t("Stage"), text: (row) => row.name, words: true },
  { head: t("Accuracy"), text: (row) => row.accuracy },
  { head: t("95 % interval (pp)"), text: (row) => row.accuracyInterval },
  { head: t("Latency"), text: (row) => row.latency },
  { head: t("95 % interval (ms)"), text: (row) => row.latencyInterval },
];
