// Installs the programs of the tests that npm does not bring: Chromium, ripgrep, R.
import { installPrograms } from "./lib/programs.mjs";

installPrograms();
