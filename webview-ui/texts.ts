import * as v from "valibot";
import { configureTexts } from "../src/shared/l10n.js";

/** The panel's first import: the page carries the texts of the window's language; without them it speaks English. */
const page = document.querySelector("#texts")?.textContent;
if (page) configureTexts(v.parse(v.record(v.string(), v.string()), JSON.parse(page)), document.documentElement.lang);
