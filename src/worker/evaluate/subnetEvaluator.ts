import { writeModel, type ModelMetadata, type Precision } from "../../onnx/model.js";
import { LOGITS } from "../../onnx/steps.js";
import { ANY_BATCH, calibrationModel, meanName, StatisticsMean, varianceName } from "../../onnx/supernet/calibration.js";
import { SupernetError } from "../../onnx/supernet/errors.js";
import { foldedWeights } from "../../onnx/supernet/fold.js";
import { sliceSubnet } from "../../onnx/supernet/slice.js";
import type { Statistics, Subnet } from "../../onnx/supernet/types.js";
import type { RangeSource } from "../../onnx/ranges.js";
import { rememberedWeights, type WeightSource } from "../../onnx/weights.js";
import { InputError } from "../../shared/errors.js";
import type { Architecture } from "../../shared/architecture.js";
import { t } from "../../shared/l10n.js";
import type { AccuracyProtocol, RangeMethod } from "../../shared/supernet.js";
import { toldFault } from "../../shared/toldFault.js";
import type { ImageSet } from "../data/index.js";
import { CHANNEL_MULTIPLE } from "../measure/networks.js";
import type { Runtime } from "../measure/runtime.js";
import { batchesOf, imagesAtOnce } from "./atOnce.js";
import type { CalibrationImages } from "./calibration.js";
import { measuredRanges, rangeImages } from "./ranges.js";
import { NotFinite, Scorer, type Score } from "./score.js";
import { floatsOf, withSession, type Outputs, type Run } from "./session.js";
import type { Material } from "./sources.js";
import { weightBitsHere } from "./weightBits.js";

/** A subnet that was cut out of the supernet, with batch-norm statistics of its own. */
export interface Recalibrated {
  /** For messages. */
  readonly name: string;
  readonly subnet: Subnet;
  readonly statistics: Statistics;
  /** Batch-norm folded in; remembered, as both precisions ask for them. */
  readonly weights: WeightSource;
  readonly calibration: CalibrationImages;
}

/** What is told of images that went through; the place to stop at. */
export type OnImages = (images: number, doing: string) => Promise<void>;

type Protocol = Pick<AccuracyProtocol, "resolution" | "ranges" | "threads">;

/** Images that go through one subnet. */
export function imagesOf(precisions: readonly Precision[], { ranges, calibration, validation }: { ranges: RangeMethod; calibration: number; validation: number }): number {
  const forRanges = precisions.includes("int8") ? rangeImages(ranges, calibration) : 0;
  return calibration + forRanges + precisions.length * validation;
}

/** Cuts subnets out of a supernet, recalibrates them, and writes and judges their models: one onnxruntime session at a time. */
export class SubnetEvaluator {
  private readonly atOnce: number;

  constructor(
    private readonly runtime: Runtime,
    private readonly material: Material,
    private readonly protocol: Protocol,
    private readonly onImages: OnImages,
  ) {
    this.atOnce = imagesAtOnce(material.space, protocol.resolution);
  }

  /** @throws InputError where the supernet's weights do not make a network that computes */
  async recalibrate(name: string, stages: Architecture["stages"], calibration: CalibrationImages): Promise<Recalibrated> {
    const subnet = await this.placing(name, () => sliceSubnet(this.material.supernet, stages, this.protocol.resolution));
    const { model, layers } = calibrationModel(subnet);
    const mean = new StatisticsMean(subnet.network);
    const names = layers.flatMap((layer) => [meanName(layer), varianceName(layer)]);
    await this.placing(name, () =>
      this.withModel(model, (run) =>
        this.overBatches(calibration, "recalibrating batch-norm", run, (outputs, { count }) => mean.add(new Map(names.map((output) => [output, floatsOf(outputs, output)])), count)),
      ),
    );
    const statistics = mean.statistics();
    const origin = `${this.material.cards.supernet.name}, batch-norm recalibrated on ${calibration.count} images`;
    return { name, subnet, statistics, weights: rememberedWeights(foldedWeights(subnet, statistics, origin)), calibration };
  }

  /** The bytes of a subnet's ONNX model; int8 as it is measured on this machine. @param batch images at once, or any number */
  async model({ name, subnet, weights, calibration }: Recalibrated, precision: Precision, batch: number | typeof ANY_BATCH, metadata: ModelMetadata): Promise<Uint8Array> {
    const ranges = precision === "int8" ? await this.ranges(name, subnet, weights, calibration) : undefined;
    return writeModel(subnet.network, { precision, weights, batch, weightBits: weightBitsHere(), channelMultiple: CHANNEL_MULTIPLE, metadata, ...(ranges === undefined ? {} : { ranges }) });
  }

  /**
   * Right answers on labelled images.
   * @throws InputError where logits are not finite
   */
  async score(recalibrated: Recalibrated, precision: Precision, images: ImageSet): Promise<Score> {
    const { name, subnet } = recalibrated;
    const model = await this.model(recalibrated, precision, ANY_BATCH, { architecture: "", tool: "FOX-NAS", version: "evaluate" });
    const scorer = new Scorer(images.labels!, subnet.network.classes);
    await this.placing(name, () => this.withModel(model, (run) => this.overBatches(images, `validating ${precision}`, run, (outputs) => scorer.add(floatsOf(outputs, LOGITS)))));
    return scorer.score;
  }

  private ranges(name: string, subnet: Subnet, weights: WeightSource, calibration: CalibrationImages): Promise<RangeSource> {
    return this.placing(name, () =>
      measuredRanges(subnet.network, weights, this.protocol.ranges, calibration, (model, images, most, each) =>
        this.withModel(model, (run) => this.overBatches(images, "ranges", run, (outputs, batch) => each(outputs, batch.images), most)),
      ),
    );
  }

  private withModel<T>(model: Uint8Array, work: (run: Run) => Promise<T>): Promise<T> {
    return withSession(this.runtime, model, this.protocol, work);
  }

  /** @param most images at once, where that is less than what memory allows */
  private async overBatches(set: CalibrationImages, doing: string, run: Run, each: (outputs: Outputs, batch: { images: Float32Array; count: number }) => void, most = Infinity): Promise<void> {
    for (const { from, to } of batchesOf(set.count, Math.min(most, this.atOnce))) {
      const images = await set.batch(from, to);
      const count = to - from;
      each(await run(images, count), { images, count });
      await this.onImages(count, `${doing}, image ${to} of ${set.count}`);
    }
  }

  /** Adds the supernet and the subnet to what is wrong with its numbers. */
  private async placing<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotFinite || error instanceof SupernetError)) throw error;
      throw new InputError({
        file: this.material.paths.supernet,
        what: t('the subnet "{0}" computes nothing that could be judged: {1}', name, toldFault(error.message)),
        next: t("Were its weights trained to the end, and with the preprocessing of the space?"),
      });
    }
  }
}
