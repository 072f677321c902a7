// Stands for @stdlib/math-base-tools-evalpoly in the panel: its factory makes code from text, which the policy of a webview
// refuses. The same polynomials by Horner's rule, coefficients by rising power.
const evalpoly = (coefficients, x) => coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

module.exports = Object.assign(evalpoly, { factory: (coefficients) => (x) => evalpoly(coefficients, x) });
