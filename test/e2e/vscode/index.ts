import * as vscode from "vscode";
import type { TestApi } from "../../../src/host/testApi.js";
import { benchTests } from "./bench.js";
import { commandTests } from "./commands.js";
import { fileTests } from "./files.js";
import { libraryTests } from "./library.js";
import { profileTests } from "./profile.js";
import { runTests } from "./runs.js";
import type { Tests } from "./tests.js";
import { supernetTests } from "./supernet.js";
import { verifyTests } from "./verify.js";

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

  const all: Tests = { ...commandTests, ...libraryTests, ...fileTests, ...runTests, ...profileTests, ...verifyTests, ...benchTests, ...supernetTests };
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
