// Stands for @stdlib/assert-has-generator-support in the panel, which finds out by eval. Every browser of VS Code has them.
module.exports = () => true;
