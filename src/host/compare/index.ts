export { compareArchitectures } from "./commands.js";
export { Comparisons } from "./comparisons.js";
