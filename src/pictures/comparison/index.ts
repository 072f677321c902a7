export { comparisonHtml, type ComparisonPage } from "./page.js";
