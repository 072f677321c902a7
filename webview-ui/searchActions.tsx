import { Button } from "./controls.js";
import { budgetText } from "../src/pictures/format.js";
import type { Shown } from "./selection.js";
import type { SearchRunView } from "./types.js";

/** What to do next; stays in sight while the page scrolls. */
export function Actions(props: {
  run: SearchRunView;
  shown: Shown | null;
  /** With the architecture on show: a point of the front, null for the found one. */
  onFound: (what: "insert" | "verify" | "exportOnnx", point: number | null) => void;
  /** Searches on with measuring, or measures beside baselines. */
  onMeasure: (what: "tune" | "bench") => void;
  onSearch: () => void;
  onCancel: () => void;
  onLog: () => void;
}) {
  const { run, shown, onFound, onMeasure, onSearch, onCancel, onLog } = props;
  const point = shown === null || shown.kind === "found" ? null : shown.index;
  return (
    <section class={shown === null ? "actions" : "actions many"} aria-label="Actions">
      {run.state === "running" && <Button primary onPress={onCancel}>Cancel search</Button>}
      {shown !== null && (
        <>
          <Button primary onPress={() => onFound("insert", point)}>
            {shown.kind === "found" ? "Insert config…" : `Insert config for ${budgetText(shown.budget)}…`}
          </Button>
          <Button onPress={() => onFound("exportOnnx", point)}>Export ONNX…</Button>
          <Button onPress={() => onFound("verify", point)}>Verify on this device…</Button>
          {run.measurable && <Button onPress={() => onMeasure("tune")}>Measure the winners…</Button>}
          {shown.kind === "found" && <Button onPress={() => onMeasure("bench")}>Benchmark…</Button>}
        </>
      )}
      {/* An infeasible run asks for a new search further up already. */}
      {(run.state !== "infeasible" || shown !== null) && <Button onPress={onSearch}>New search…</Button>}
      <Button onPress={onLog}>Show log</Button>
    </section>
  );
}
