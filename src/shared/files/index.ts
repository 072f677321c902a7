export { CONFIG_FORMATS, configOf, configText, cardsOfFinalist, measuredOfFinalist, nameOf, predictedOf, readConfig, type ConfigFormat } from "./config.js";
export { fieldName, type Path, type Place } from "./document.js";
export { inputErrorAt, locate } from "./locate.js";
export { readPredictor, readPredictorOf } from "./predictor.js";
export { readSpace } from "./space.js";
