import type { ProfiledSample, ProfileResult } from "./profile.js";
import { samplesText } from "./samples/index.js";
import type { Space } from "./space.js";

/** A file to write: its name, and its text. */
interface TextFile {
  name: string;
  text: string;
}

/**
 * Measured samples in this project's own layout, so that `fit` reads them, with what measured them beside each:
 * columns of neither layout are ignored on reading.
 * @param device what measured them, for people
 */
export function profiledSamplesText(samples: readonly ProfiledSample[], space: Space, device: string): string {
  const text = samplesText(samples.map(({ stages, latencyMs }) => ({ stages, value: latencyMs })), space, "latency");
  const [header, ...lines] = text.trimEnd().split("\n");
  const quoted = `"${device.replaceAll('"', '""')}"`;
  return [
    `${header},standard_error_percent,split_half_percent,batch,device`,
    ...lines.map((line, i) => {
      const { standardError, splitHalf, batch } = samples[i]!;
      return `${line},${(100 * standardError).toFixed(2)},${(100 * splitHalf).toFixed(2)},${batch + 1},${quoted}`;
    }),
    "",
  ].join("\n");
}

/** What a profile leaves in a person's folder: predictor, samples, and the account of how it was measured. */
export function profileFiles(result: ProfileResult, space: Space): Record<"predictor" | "samples" | "profile", TextFile> {
  const { predictor, ...facts } = result;
  const stem = `${slug(predictor.device ?? "device")}-${predictor.space}-${predictor.resolution}px`;
  const { samples: _, ...account } = facts;
  return {
    predictor: { name: `${stem}.latency.predictor.json`, text: predictorText(predictor) },
    samples: { name: `${stem}.samples.csv`, text: profiledSamplesText(result.samples, space, predictor.device ?? "device") },
    profile: { name: `${stem}.profile.json`, text: `${JSON.stringify(account, null, 2)}\n` },
  };
}

/** A predictor file; one line for a list of numbers: a covariance of 120 terms has some 7,000. */
export function predictorText(predictor: ProfileResult["predictor"]): string {
  return `${JSON.stringify(predictor, null, 1).replaceAll(/\n +(?=-?\d)/g, " ")}\n`;
}

/** Of letters, digits and dashes. */
export function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
