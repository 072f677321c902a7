import * as vscode from "vscode";
import type { TestApi } from "../../../src/host/testApi.js";
import { benchTests } from "./bench.js";
import { codeTests } from "./code.js";
import { commandTests } from "./commands.js";
import { compareTests } from "./compare.js";
import { editorTests } from "./editor.js";
import { fileTests } from "./files.js";
import { libraryTests } from "./library.js";
import { profileTests } from "./profile.js";
import { runTests } from "./runs.js";
import { runsViewTests } from "./runsView.js";
import { taskTests } from "./tasks.js";
import type { Tests } from "./tests.js";
import { toolTests } from "./tools.js";
import { supernetTests } from "./supernet.js";
import { verifyTests } from "./verify.js";

/** Part of the names of the tests to run, from the environment where the bundle is made. */
declare const FOXNAS_INSIDE: string;

/**
 * Tests inside VS Code: `extensionTestsPath` names the bundle of this file, VS Code calls `run`.
 * They need one writable workspace folder. Rejects with the list of failures.
 */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<TestApi>("fox-nas.fox-nas");
  if (extension === undefined) throw new Error("The extension fox-nas.fox-nas is not there.");
  const api = await extension.activate();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) throw new Error("These tests need a workspace folder.");

  const every: Tests = {
    ...{ ...commandTests, ...libraryTests, ...fileTests, ...editorTests, ...compareTests, ...codeTests, ...runTests, ...runsViewTests },
    ...{ ...profileTests, ...verifyTests, ...benchTests, ...supernetTests, ...toolTests, ...taskTests },
  };
  const all = Object.fromEntries(Object.entries(every).filter(([name]) => name.includes(FOXNAS_INSIDE)));
  const failures: string[] = [];
  for (const [name, test] of Object.entries(all)) {
    try {
      await test({ api, folder });
      console.log(`ok      ${name}`);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(`FAILED  ${name}\n${text}`);
      failures.push(`${name}: ${text}`);
    }
  }
  console.log(`${Object.keys(all).length - failures.length} of ${Object.keys(all).length} tests passed`);
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
}
