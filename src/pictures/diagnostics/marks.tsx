import type { Scale } from "../scale.js";
import type { Target } from "../target.js";

/** Small dots, one a sample; faint, for they cover each other. */
export const Dots = ({ at, x, y, target }: { at: readonly (readonly [number, number])[]; x: Scale; y: Scale; target: Target }) => (
  <g class={`dots ${target}`}>
    {at.map(([px, py], i) => <circle key={i} cx={x(px).toFixed(1)} cy={y(py).toFixed(1)} r={2.5} />)}
  </g>
);

/** Means with their 95 % intervals as whiskers. */
export const Whiskered = ({ at, x, y }: { at: readonly { x: number; y: number; low: number; high: number }[]; x: Scale; y: Scale }) => (
  <g class="means">
    {at.map((mean, i) => (
      <g key={i}>
        <line x1={x(mean.x)} x2={x(mean.x)} y1={y(mean.low)} y2={y(mean.high)} />
        <circle cx={x(mean.x)} cy={y(mean.y)} r={3} />
      </g>
    ))}
  </g>
);
