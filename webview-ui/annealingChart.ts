import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { shortCount } from "../src/shared/format.js";
import { onThemeChange, readColours, type Colours } from "./theme.js";
import { accuracyRange, chartColumns } from "./trace.js";
import type { Trace } from "./types.js";

const CHART = 176;
const STRIP = 48;
const AXIS = 56;
/** Room for half of the last tick's label, `200M`. */
const EDGE = 18;

export interface ChartState {
  trace: Trace;
  /** Certified optimum, %. */
  optimum: number | null;
  /** Evaluations at the right edge. */
  total: number;
  /** Last trace index to draw. */
  shown: number;
}

/** The live chart: accuracy above, temperature in a strip below, both over evaluations. */
export class AnnealingChart {
  private colours: Colours = readColours();
  private state: ChartState;
  private readonly accuracy: uPlot;
  private readonly strip: uPlot;
  private readonly stopWatching: () => void;

  constructor(parent: HTMLElement, width: number, state: ChartState) {
    this.state = state;
    this.accuracy = new uPlot(this.accuracyOptions(width), this.accuracyData(), parent);
    this.strip = new uPlot(this.stripOptions(width), this.stripData(), parent);
    this.stopWatching = onThemeChange(() => {
      this.colours = readColours();
      this.accuracy.redraw(false, true);
      this.strip.redraw(false, true);
    });
  }

  /** Draws another moment. */
  update(state: ChartState): void {
    this.state = state;
    this.accuracy.setData(this.accuracyData());
    this.strip.setData(this.stripData());
  }

  resize(width: number): void {
    this.accuracy.setSize({ width, height: CHART });
    this.strip.setSize({ width, height: STRIP });
  }

  destroy(): void {
    this.stopWatching();
    this.accuracy.destroy();
    this.strip.destroy();
  }

  private accuracyData(): uPlot.AlignedData {
    const { trace, optimum, shown, total } = this.state;
    return chartColumns(trace, optimum, shown, total);
  }

  private stripData(): uPlot.AlignedData {
    const { trace, shown } = this.state;
    return [trace.evaluations, trace.temperature.map((t, i) => (i <= shown ? t : null))];
  }

  private xScale = (): [number, number] => [0, Math.max(1, this.state.total, this.state.trace.evaluations.at(-1) ?? 0)];

  private axis(extra: uPlot.Axis): uPlot.Axis {
    const stroke = () => this.colours.text;
    const line = { stroke: () => this.colours.grid, width: 1 };
    return { stroke, font: `11px ${this.colours.font}`, grid: line, ticks: { show: false }, ...extra };
  }

  private common(width: number, height: number): Pick<uPlot.Options, "width" | "height" | "legend" | "cursor"> {
    return { width, height, legend: { show: false }, cursor: { show: false } };
  }

  private accuracyOptions(width: number): uPlot.Options {
    const colour = (name: keyof Colours) => () => this.colours[name];
    return {
      ...this.common(width, CHART),
      padding: [8, EDGE, 0, 0],
      scales: {
        x: { time: false, range: this.xScale },
        y: { range: () => accuracyRange(this.state.trace, this.state.optimum) },
      },
      axes: [
        this.axis({ size: 6, values: () => [], grid: { show: false } }),
        this.axis({ size: AXIS, space: 28, values: (_, at) => at.map((v, i) => `${Number(v.toFixed(3))}${i === at.length - 1 ? " %" : ""}`) }),
      ],
      series: [
        {},
        { label: "current", stroke: colour("current"), width: 1, points: { show: false } },
        { label: "best", stroke: colour("accuracy"), width: 2, points: { show: false } },
        { label: "optimum", stroke: colour("optimum"), width: 1.5, dash: [5, 4], points: { show: false } },
      ],
    };
  }

  private stripOptions(width: number): uPlot.Options {
    return {
      ...this.common(width, STRIP),
      padding: [4, EDGE, 0, 0],
      scales: { x: { time: false, range: this.xScale }, y: { range: (_u, _min, max) => [0, Math.max(max, 1e-6) * 1.05] } },
      axes: [
        this.axis({ size: 20, gap: 4, space: 70, values: (_, at) => at.map(shortCount), grid: { show: false } }),
        this.axis({
          size: AXIS,
          splits: (_u, _axis, _min, max) => [0, max / 1.05],
          values: (_, at) => at.map((v) => (v === 0 ? "" : `${Number(v.toPrecision(2))} pp`)),
          grid: { show: false },
        }),
      ],
      series: [{}, { label: "temperature", stroke: () => this.colours.text, fill: () => this.colours.grid, width: 1, points: { show: false } }],
    };
  }
}
