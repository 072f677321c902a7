import { useEffect, useRef } from "preact/hooks";
import type { SearchRunView } from "./types.js";

/** Shows the line of a measurement that has just come: whoever asked for it pressed a button far below. */
export function useScrollToMeasured({ id, measured }: SearchRunView): void {
  const newest = `${id} ${measured.at(-1)?.protocol.date ?? ""}`;
  const before = useRef(newest);
  useEffect(() => {
    const sameRun = before.current.startsWith(`${id} `);
    if (sameRun && before.current !== newest) document.querySelector(".figure .measured")?.scrollIntoView({ block: "nearest" });
    before.current = newest;
  }, [newest]);
}
