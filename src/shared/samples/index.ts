export { readSamples, samplesText, type Sample } from "./samples.js";
