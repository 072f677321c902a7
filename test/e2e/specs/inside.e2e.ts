import { mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, type Browser } from "../harness/browser.js";
import { hasTerminals } from "../harness/install.js";
import { root } from "../harness/paths.js";
import { VsCodeServer } from "../harness/server.js";

const bundle = path.join(root, "dist/e2e/inside.js");
let server: VsCodeServer;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(path.dirname(bundle), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/e2e/vscode/index.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    // Part of a name, to run these tests alone.
    define: { FOXNAS_INSIDE: JSON.stringify(process.env["FOXNAS_INSIDE"] ?? "") },
    logLevel: "warning",
  });
  const vsix = process.env["FOXNAS_VSIX"];
  if (vsix === undefined) throw new Error("FOXNAS_VSIX names no package. Start the end-to-end tests with `npm run e2e`.");
  // The tests inside cannot look: VS Code itself does not say why a task never starts.
  if (hasTerminals()) process.env["FOXNAS_TERMINALS"] = "1";
  else console.warn("!! VS Code's node-pty is not compiled: tests that run tasks are NOT run.");
  server = await VsCodeServer.start({ vsix, testDriver: true });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it("the tests inside the extension host pass against the packaged extension", async () => {
  const page = await browser.newPage();
  const lines: string[] = [];
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction("codeAutomationExit", resolve);
  });
  await page.exposeFunction("codeAutomationLog", (_level: string, args: unknown[]) => {
    // At once: a test that hangs is the one after the last line.
    console.log(args.join(" "));
    lines.push(args.join(" "));
  });
  const at = (file: string) => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const url = server.url([
    ["extensionDevelopmentPath", at(server.installedExtension)],
    ["extensionTestsPath", at(bundle)],
    ["skipWelcome", "true"],
  ]);
  await page.goto(url);
  const code = await exit;
  const output = lines.join("\n");
  expect(output).not.toMatch(/^FAILED/m);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^([1-9]\d*) of \1 tests passed$/m);
  expect(server.outsideConnections()).toEqual([]);
}, 1_500_000);
