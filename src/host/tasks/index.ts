export { taskProvider } from "./provider.js";
