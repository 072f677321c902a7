import "../../../src/pictures/comparison/comparison.css";
