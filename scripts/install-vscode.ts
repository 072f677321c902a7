// Installs the VS Code of the end-to-end tests, once per lockfile.
import { installVsCode } from "../test/e2e/harness/install.js";

installVsCode();
