import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { Paper } from "./paper.js";

/** Width on paper that a telephone can show, CSS px. */
const NARROW = 358;

/**
 * A drawing at the width it is given, in CSS px. Paper does not know the window it will be read in: there it is drawn
 * twice, and the style sheet shows the one that fits.
 */
export function Plot({ width, children }: { width: number; children: (width: number) => ComponentChildren }) {
  const paper = useContext(Paper);
  if (width < 80) return <div class="plot" />;
  if (!paper) return <div class="plot">{children(width)}</div>;
  return (
    <>
      <div class="plot wide">{children(width)}</div>
      <div class="plot narrow">{children(NARROW)}</div>
    </>
  );
}
