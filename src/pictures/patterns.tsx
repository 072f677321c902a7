import { CHOICES, type Choice } from "../shared/explanation.js";
import { CHOICE_WORD } from "./choices.js";

/** What fills a kind of choice: full, half, lines, dots, outline. Hue stays with the target. */
export const patternId = (scope: string, choice: Choice): string => `${scope}-${choice}`;

/** Definitions of the five fillings in the colour of class `kind` (accuracy, latency, neutral), for `fill="url(#…)"`. */
export function Patterns({ scope, kind }: { scope: string; kind: string }) {
  return (
    <svg class={`patterns ${kind}`} width="0" height="0" aria-hidden="true">
      <defs>
        {CHOICES.map((choice) => (
          <pattern key={choice} id={patternId(scope, choice)} width="6" height="6" patternUnits="userSpaceOnUse">
            <Tile choice={choice} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

function Tile({ choice }: { choice: Choice }) {
  switch (choice) {
    case "depth":
      return <rect class="ink" width="6" height="6" />;
    case "transition":
      return <rect class="ink" width="6" height="6" fill-opacity="0.5" />;
    case "expand":
      return <path class="stroke" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" />;
    case "kernel":
      return <g class="ink"><rect width="6" height="6" fill-opacity="0.16" /><circle cx="1.5" cy="1.5" r="1.1" /><circle cx="4.5" cy="4.5" r="1.1" /></g>;
    case "together":
      return <rect class="ink" width="6" height="6" fill-opacity="0.12" />;
  }
}

/** The five fillings with their names; `scope` of a neutral set of patterns. */
export function ChoiceLegend({ scope }: { scope: string }) {
  return (
    <p class="legend">
      {CHOICES.map((choice) => (
        <span key={choice}>
          <svg class="swatch" width="18" height="11" aria-hidden="true"><rect class="segment" x="0.5" y="0.5" width="17" height="10" fill={`url(#${patternId(scope, choice)})`} /></svg>
          {CHOICE_WORD[choice]}
        </span>
      ))}
    </p>
  );
}
