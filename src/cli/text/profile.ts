import type { HeldOut, ProfileResult } from "../../shared/profile.js";
import { fixed } from "./numbers.js";

const percent = (share: number, decimals = 1): string => `${fixed(100 * share, decimals)} %`;

const STOPPED: Readonly<Record<ProfileResult["stopped"], string>> = {
  target: "the held-out error is under the target",
  samples: "all architectures are timed",
  time: "the time was up",
};

/** A profile as a person reads it: what it measured, how sure it is, and how noisy the machine was. */
export function profileText(result: ProfileResult): string {
  const { predictor, protocol, samples, heldOut, tableError, forms, noise, stopped, elapsedMs } = result;
  const times = samples.map(({ latencyMs }) => latencyMs);
  return [
    `FOX-NAS · profile of ${predictor.device} · ${predictor.space} at ${predictor.resolution} px`,
    "",
    `  ${samples.length} architectures timed, ${fixed(Math.min(...times), 2)} to ${fixed(Math.max(...times), 2)} ms, in ${fixed(elapsedMs / 1000, 0)} s: ${STOPPED[stopped]}.`,
    `  ${protocol.statistic} of ${protocol.rounds} readings by the ${protocol.clock === "cpu" ? "CPU" : "wall"} clock; ${protocol.clockReason}.`,
    `  Noise: split-half ${percent(noise.splitHalf)}, drift ${percent(noise.drift - 1)}, wall over CPU time ${fixed(noise.contention, 2)}; ${noise.repeated} times a batch was measured again, ${noise.suspect} of ${noise.batches} are still suspect.`,
    "",
    `  ${"held-out error".padEnd(28)}  ${"MAPE".padStart(7)}  ${"RMSE".padStart(9)}  ${"tau".padStart(6)}`,
    row(`per block (${Object.keys(predictor.coefficients).length} terms)`, heldOut, "  <- this predictor"),
    ...forms.map(({ form, terms, heldOut: errors }) =>
      errors === null ? `  ${`${form} (${terms} terms)`.padEnd(28)}  ${"–".padStart(7)}  needs more than ${terms + 2} samples` : row(`${form} (${terms} terms)`, errors),
    ),
    `  Leave-one-out. Traced blocks err by ${percent(tableError)}, as the timings tell.`,
    "",
    "  Measured on this machine; another has other milliseconds.",
    "",
  ].join("\n");
}

function row(name: string, { mape, rmse, kendallTau }: HeldOut, note = ""): string {
  return `  ${name.padEnd(28)}  ${percent(mape, 2).padStart(7)}  ${`${fixed(rmse, 3)} ms`.padStart(9)}  ${fixed(kendallTau, 3).padStart(6)}${note}`;
}
