import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";

const TWO_32 = 2 ** 32;

/** Seeded random numbers: xoroshiro128+ (Blackman and Vigna 2018) of pure-rand. */
export class Random {
  private constructor(private readonly generator: JumpableRandomGenerator) {}

  static seeded(seed: number): Random {
    return new Random(xoroshiro128plus(seed | 0));
  }

  static restored(state: readonly number[]): Random {
    return new Random(xoroshiro128plusFromState(state));
  }

  /** For a checkpoint. */
  state(): number[] {
    return [...this.generator.getState()];
  }

  /** Uniform in [0, 1), 32 bits. */
  unit(): number {
    return (this.generator.next() >>> 0) / TWO_32;
  }

  /** Uniform in 0 … n - 1; the bias of scaling 32 bits is below n / 2^32. */
  below(n: number): number {
    return ((this.generator.next() >>> 0) * (n / TWO_32)) | 0;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** 0 … n - 1 in random order (Fisher-Yates). */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}
