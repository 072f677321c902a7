export { ConfigAnalysis } from "./analysis.js";
export { editsTo } from "./edit/stages.js";
export { applyEdits } from "./edit/text.js";
export { Models } from "./figures/models.js";
export { readDocument, type ReadDocument } from "./read/document.js";
export { estimateText, verdictText } from "./say/fields.js";
export * from "./types.js";
export { configSchema, describingSchema } from "./schema/configSchema.js";
