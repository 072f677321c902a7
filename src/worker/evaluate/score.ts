/** How many classes may be named for `top5`. */
export const TOP = 5;

/** What a subnet got right on the validation images. */
export interface Score {
  /** Validation images. */
  readonly n: number;
  readonly top1: number;
  /** The label is among the five most likely classes. */
  readonly top5: number;
  /** A bit for each image, the lowest of a byte first: the most likely class is the label. */
  readonly correct: Uint8Array;
}

/** An image whose logits are not all finite: the subnet computes nothing that could be judged. */
export class NotFinite extends Error {
  override readonly name = "NotFinite";
  constructor(readonly image: number) {
    super(`The logits of image ${image} are not finite.`);
  }
}

/** Counts batch after batch, in order. */
export class Scorer {
  #done = 0;
  #top1 = 0;
  #top5 = 0;
  readonly #correct: Uint8Array;

  /** @param labels of all images, [n] */
  constructor(
    private readonly labels: Int32Array,
    private readonly classes: number,
  ) {
    this.#correct = new Uint8Array(Math.ceil(labels.length / 8));
  }

  /**
   * @param logits of the next images, [count, classes] row by row
   * @throws NotFinite
   */
  add(logits: Float32Array): void {
    const { classes } = this;
    for (let from = 0; from < logits.length; from += classes, this.#done++) {
      const rank = this.#rank(logits, from, this.labels[this.#done]!);
      if (rank < TOP) this.#top5++;
      if (rank > 0) continue;
      this.#top1++;
      this.#correct[this.#done >> 3]! |= 1 << (this.#done & 7);
    }
  }

  get score(): Score {
    if (this.#done !== this.labels.length) throw new Error(`${this.#done} of ${this.labels.length} images were scored.`);
    return { n: this.#done, top1: this.#top1, top5: this.#top5, correct: this.#correct };
  }

  /** Classes that are likelier than the label; of equally likely ones those with a smaller index, as argmax has it. */
  #rank(logits: Float32Array, from: number, label: number): number {
    const own = logits[from + label]!;
    let rank = 0;
    // Zero times NaN or an infinity is NaN.
    let zero = 0;
    for (let i = 0; i < this.classes; i++) {
      const logit = logits[from + i]!;
      zero += logit * 0;
      if (logit > own || (logit === own && i < label)) rank++;
    }
    if (zero !== 0) throw new NotFinite(this.#done);
    return rank;
  }
}
