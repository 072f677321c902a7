import type { MeasureProgress } from "../../shared/measure.js";
import type { Throughput } from "../../shared/supernet.js";
import type { Spent } from "./state.js";

/** Where a meter tells what it counted. */
interface Surroundings {
  progress(progress: MeasureProgress): void;
  /** Lets messages in; throws to stop. */
  breathe(): Promise<void>;
}

/** Counts the images that go through subnets: what is done, what is left, how fast, and how much memory it took. */
export class Meter {
  private readonly started = performance.now();
  private readonly before: Spent;
  /** Images in this process, and of the subnet at hand. */
  private images = 0;
  private current = 0;
  private subnet = "";
  private measured: NonNullable<MeasureProgress["subnets"]> = [];

  /**
   * @param spent by earlier processes of the run
   * @param plan images that go through one subnet, and subnets of the whole run
   */
  constructor(
    private readonly surroundings: Surroundings,
    spent: Spent,
    private readonly plan: { imagesPerSubnet: number; subnets: number },
  ) {
    this.before = { ...spent };
  }

  /** Begins a subnet. @param index from 0, in the whole run */
  begin(index: number, name: string): void {
    this.current = index * this.plan.imagesPerSubnet;
    this.subnet = `subnet ${index + 1} of ${this.plan.subnets} (${name})`;
  }

  /** For the picture of what was measured so far. */
  show(subnets: NonNullable<MeasureProgress["subnets"]>): void {
    // Progress that was sent must not change: a new list each time.
    this.measured = [...this.measured, ...subnets];
  }

  /** So many images went through; the place to stop at. */
  async ran(images: number, doing: string): Promise<void> {
    this.images += images;
    this.current += images;
    const total = this.plan.imagesPerSubnet * this.plan.subnets;
    const here = performance.now() - this.started;
    this.surroundings.progress({
      kind: "measure",
      done: Math.min(this.current, total),
      total,
      elapsedMs: this.before.elapsedMs + here,
      remainingMs: Math.max(0, total - this.current) * (here / this.images),
      note: `${this.subnet}: ${doing}`,
      ...(this.measured.length === 0 ? {} : { subnets: this.measured }),
    });
    await this.surroundings.breathe();
  }

  /** Of the whole run, all its processes together. @param subnets measured by now */
  spent(subnets: number): Spent {
    return {
      elapsedMs: this.before.elapsedMs + performance.now() - this.started,
      images: this.before.images + this.images,
      subnets,
      // Kilobytes on every system.
      peakMemoryBytes: Math.max(this.before.peakMemoryBytes, process.resourceUsage().maxRSS * 1024),
    };
  }
}

export function throughputOf({ elapsedMs, images, subnets, peakMemoryBytes }: Spent): Throughput {
  const seconds = Math.max(elapsedMs, 1) / 1000;
  return { imagesPerSecond: images / seconds, subnetsPerMinute: (60 * subnets) / seconds, peakMemoryBytes };
}
