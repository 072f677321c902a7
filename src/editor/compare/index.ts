export { compare, type Side } from "./compare.js";
export { comparisonModel, stageDifferences, type ComparisonModel, type StageDifferences } from "./model.js";
