import { Button } from "./controls.js";
import { budgetText } from "../src/shared/format.js";
import type { Shown } from "./selection.js";
import type { Architecture, SearchRunView } from "./types.js";
import { t } from "../src/shared/l10n.js";

/** What to do next; stays in sight while the page scrolls. */
export function Actions(props: {
  run: SearchRunView;
  shown: Shown | null;
  /** A design of the person's own; null where what is shown is meant. */
  edited: Architecture | null;
  /** With the architecture on show: a point of the front, null for the found one, or the person's own. */
  onFound: (what: "insert" | "generateCode" | "verify" | "exportOnnx", which: { point: number | null; architecture?: Architecture }) => void;
  /** Searches on with measuring, measures beside baselines, or measures accuracies on the validation images. */
  onMeasure: (what: "tune" | "bench" | "finalists") => void;
  onSearch: () => void;
  onCancel: () => void;
  onLog: () => void;
}) {
  const { run, shown, edited, onFound, onMeasure, onSearch, onCancel, onLog } = props;
  const point = shown === null || shown.kind === "found" ? null : shown.index;
  const which = edited === null ? { point } : { point, architecture: edited };
  const insert = shown === null ? "" : edited !== null ? t("Insert this design…") : shown.kind === "found" ? t("Insert config…") : t("Insert config for {0}…", budgetText(shown.budget));
  return (
    <section class={shown === null ? "actions" : "actions many"} aria-label={t("Actions")}>
      {run.state === "running" && <Button primary onPress={onCancel}>{t("Cancel search")}</Button>}
      {shown !== null && (
        <>
          <Button primary onPress={() => onFound("insert", which)}>{insert}</Button>
          <Button onPress={() => onFound("generateCode", which)}>{t("Generate code…")}</Button>
          <Button onPress={() => onFound("exportOnnx", which)}>{t("Export ONNX…")}</Button>
          <Button onPress={() => onFound("verify", which)}>{t("Verify on this device…")}</Button>
          {edited === null && run.measurable && <Button onPress={() => onMeasure("tune")}>{run.evaluable ? t("Measure the winners’ latency…") : t("Measure the winners…")}</Button>}
          {edited === null && run.evaluable && <Button onPress={() => onMeasure("finalists")}>{run.measurable ? t("Measure the winners’ accuracy…") : t("Measure the winners…")}</Button>}
          {edited === null && shown.kind === "found" && <Button onPress={() => onMeasure("bench")}>{t("Benchmark…")}</Button>}
        </>
      )}
      {/* An infeasible run asks for a new search further up already. */}
      {(run.state !== "infeasible" || shown !== null) && <Button onPress={onSearch}>{t("New search…")}</Button>}
      <Button onPress={onLog}>{t("Show log")}</Button>
    </section>
  );
}
