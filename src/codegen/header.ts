import { costsOf } from "../onnx/costs.js";
import { networkOf } from "../onnx/space.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import { fixed } from "../shared/numbers.js";
import { IMAGENET_PREPROCESSING, type Space } from "../shared/space.js";
import { className } from "./names.js";
import { comment, tuple } from "./python.js";

/** Where generated code comes from. */
export interface Origin {
  /** The config's file, for names and for the comment. */
  readonly file: string;
  /** Version of this program. */
  readonly version: string;
}

const count = (value: number): string => value.toLocaleString("en-US");

/**
 * What a file says about itself. The first two lines hold nothing of the config's own words: Python looks there for the
 * file's encoding (PEP 263).
 * @param what e.g. `in PyTorch`
 * @param needs sentences on what the file needs and how it is used
 */
export function header(config: ArchitectureConfig, space: Space, origin: Origin, { what, needs }: { what: string; needs: readonly string[] }): string[] {
  const { stages, resolution } = config;
  const { parameters, multiplyAdds } = costsOf(networkOf(space, stages, { resolution }));
  return [
    // No colon: `# Encoding: an image…` would name an encoding.
    `# ${className(origin.file, space.id)}, ${what}`,
    "#",
    ...comment(`Architecture of the search space ${space.id}, for images of ${resolution} x ${resolution} px and ${count(space.classes)} classes.`),
    `# ${count(parameters)} parameters, ${count(multiplyAdds)} multiply-adds an image.`,
    ...predicted(config),
    ...comment(`Written by FOX-NAS ${origin.version} from ${origin.file.split(/[\\/]/).at(-1)!}.`),
    "#",
    ...needs.flatMap(comment),
  ];
}

/** What the config carries of a search or a measurement, each number with its unit, device, resolution and source. */
function predicted({ predicted: values, measured }: ArchitectureConfig): string[] {
  const lines = Object.entries(values ?? {}).flatMap(([target, { value, unit, device, resolution, source }]) =>
    comment(`Predicted ${target}: ${fixed(value, 2)} ${unit}${device === null ? "" : ` on ${device}`} at ${resolution} px (${source}).`),
  );
  const { accuracy, latency } = measured ?? {};
  if (accuracy !== undefined) {
    const { value, unit, images, resolution, precision, supernet, data } = accuracy;
    lines.push(...comment(`Measured accuracy: ${fixed(value, 2)} ${unit} on ${count(images)} images of ${data} at ${resolution} px, ${precision}, with weights of ${supernet}.`));
  }
  if (latency !== undefined) {
    const { value, unit, device, resolution, precision } = latency;
    lines.push(...comment(`Measured latency: ${fixed(value, 2)} ${unit} on ${device} at ${resolution} px, ${precision}.`));
  }
  return lines;
}

/** Constants on the input and on the number of classes, with what an image goes through before it comes in. */
export function inputConstants({ resolution }: ArchitectureConfig, space: Space, layout: string): string[] {
  const { mean, std, cropShare } = space.preprocessing ?? IMAGENET_PREPROCESSING;
  return [
    `RESOLUTION = ${resolution}`,
    `CLASSES = ${space.classes}`,
    "",
    ...comment(
      `Images come in as ${layout}. An RGB image from 0 to 1 is resized until its shorter side is RESIZE px (bilinear, antialiased), RESOLUTION x RESOLUTION px are cut from its centre, MEAN is subtracted from its channels, and they are divided by STD.`,
    ),
    `RESIZE = ${Math.floor(resolution / cropShare)}`,
    `MEAN = ${tuple(mean)}`,
    `STD = ${tuple(std)}`,
  ];
}
