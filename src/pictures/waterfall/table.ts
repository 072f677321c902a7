import { ms, percent } from "../../shared/format.js";
import { CHOICES, type Part } from "../../shared/explanation.js";
import { CHOICE_NAME } from "../choices.js";
import type { Column } from "../dataTable.js";
import { signed, signedInterval } from "../target.js";
import { waterfall, type Stacked } from "./stack.js";

export interface WhyRow { name: string; accuracy: string; accuracyInterval: string; latency: string; latencyInterval: string }

/** A row of differences with their intervals. */
export const partRow = (name: string, accuracy: Part, latency: Part): WhyRow => ({
  name,
  accuracy: signed.accuracy(accuracy.value), accuracyInterval: signedInterval("accuracy", accuracy.interval),
  latency: signed.latency(latency.value), latencyInterval: signedInterval("latency", latency.interval),
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
    const name = `Stage ${own.stage}`;
    const { parts } = own;
    const others = other.parts;
    const below = parts === undefined || others === undefined ? [] : CHOICES.map((choice) => partRow(`${name}: ${CHOICE_NAME[choice].toLowerCase()}`, parts[choice], others[choice]));
    return [partRow(name, own, other), ...below];
  });
  return [
    valueRow("Mean of the space", accuracy.baseline, latency.baseline),
    ...stages,
    valueRow("This architecture", waterfall(accuracy).total, waterfall(latency).total),
  ];
}

export const columns: readonly Column<WhyRow>[] = [
  { head: "Stage", text: (row) => row.name, words: true },
  { head: "Accuracy", text: (row) => row.accuracy },
  { head: "95 % interval (pp)", text: (row) => row.accuracyInterval },
  { head: "Latency", text: (row) => row.latency },
  { head: "95 % interval (ms)", text: (row) => row.latencyInterval },
];
