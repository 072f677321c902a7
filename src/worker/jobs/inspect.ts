import { readSpace } from "../../shared/files/index.js";
import type { InspectRequest, InspectResult } from "../../shared/supernet.js";
import { inspectData } from "../data/index.js";
import { openSupernet } from "../evaluate/sources.js";
import type { Job } from "../job.js";

/** Looks at a supernet and a data folder: what they are, and the digests that requests carry. @throws InputError where either is wrong */
export const inspect: Job<InspectRequest, InspectResult> = async ({ space: source, supernet, data }, context) => {
  const space = readSpace(source);
  const card = supernet === null ? null : (await openSupernet(supernet, space)).card;
  await context.breathe();
  return { supernet: card, data: data === null ? null : await inspectData(data) };
};
