/**
 * The panel in a real Chromium, under the policy VS Code's webview gives it, without VS Code: a loopback server
 * hands out the page and the bundle, the test plays the host.
 */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import type { FromPanel, ToPanel } from "../../../src/shared/panel.js";
import { browser as browserOptions } from "../../../scripts/lib/browser.mjs";
import { textsElement, type Texts } from "../../../src/shared/l10n.js";
import { THEMES, type Theme } from "./themes.js";

/** A language beside English, with its texts. */
export interface Spoken { language: string; texts: Texts }

const CANDIDATES = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** Where Chromium is, null where there is none. */
export const CHROMIUM = CANDIDATES.find((path) => path !== undefined && path !== "" && existsSync(path)) ?? null;

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];
const NONCE = "panel-test-nonce";

/** The page of a webview; the state and the messages of acquireVsCodeApi are kept for the test to look at. */
function page(theme: Theme, spoken?: Spoken): string {
  const { class: className, variables } = THEMES[theme];
  const css = Object.entries(variables).map(([name, value]) => `--vscode-${name}:${value};`).join("");
  const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self' 'nonce-${NONCE}'`;
  return `<!doctype html><html lang="${spoken?.language ?? "en"}"><head><meta charset="utf-8"><title>FOX-NAS</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${NONCE}">:root{${css}--vscode-font-family:system-ui,"Segoe UI",sans-serif;--vscode-font-size:13px}</style>
<link rel="stylesheet" href="/panel.css"></head><body class="${className}"><div id="panel"></div>
${textsElement(spoken?.texts)}<script nonce="${NONCE}">
  window.sent = []; window.kept = JSON.parse(sessionStorage.getItem("kept") ?? "null") ?? undefined;
  window.acquireVsCodeApi = () => ({
    postMessage: (m) => window.sent.push(structuredClone(m)),
    getState: () => window.kept,
    setState: (s) => { window.kept = structuredClone(s); sessionStorage.setItem("kept", JSON.stringify(s)); },
  });
</script>
<script nonce="${NONCE}" src="/panel.js"></script></body></html>`;
}

/** Bundles a page's script as the product's build does. @returns script and style */
async function bundle(entry: string): Promise<{ js: Uint8Array; css: Uint8Array }> {
  const result = await build({
    ...browserOptions, entryPoints: [entry], bundle: true, minify: true, outfile: "panel.js", write: false, logLevel: "error",
  });
  const of = (ending: string) => result.outputFiles.find((file) => file.path.endsWith(ending))!.contents;
  return { js: of(".js"), css: of(".css") };
}

export interface Harness {
  open(theme: Theme, width: number, height?: number, spoken?: Spoken): Promise<PanelPage>;
  /** A page of its own, under whatever policy it carries; `scheme` is what its reader prefers. */
  openHtml(html: string, width: number, scheme?: "light" | "dark"): Promise<Page>;
  close(): Promise<void>;
  bytes: { js: number; css: number };
}

/** Starts the server and the browser; close it in the end. `entry` is the page's script, the panel's by default. */
export async function startHarness(entry = "webview-ui/main.tsx"): Promise<Harness> {
  if (CHROMIUM === null) throw new Error("no Chromium");
  const { js, css } = await bundle(entry);
  let document = "";
  const languages = new Map<string | null, Spoken>();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const [type, body] =
      url.pathname === "/panel.js" ? ["text/javascript", js]
      : url.pathname === "/panel.css" ? ["text/css", css]
      : url.pathname === "/document" ? ["text/html", document]
      : ["text/html", page((url.searchParams.get("theme") ?? "dark") as Theme, languages.get(url.searchParams.get("language")))];
    response.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return {
    bytes: { js: js.length, css: css.length },
    open: async (theme, width, height = 900, spoken) => {
      if (spoken !== undefined) languages.set(spoken.language, spoken);
      const opened = await browser.newPage({ viewport: { width, height } });
      await opened.goto(`${origin}/?theme=${theme}&language=${spoken?.language ?? ""}`);
      return new PanelPage(opened);
    },
    openHtml: async (html, width, scheme = "light") => {
      document = html;
      const opened = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      await opened.goto(`${origin}/document`);
      return opened;
    },
    close: async () => {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A panel that is open, with the test as its host. */
export class PanelPage {
  constructor(readonly page: Page) {}

  /** Sends a message, valid or not, and waits until it is drawn. */
  async post(message: ToPanel | unknown): Promise<void> {
    await this.page.evaluate(
      (m) => new Promise<void>((done) => {
        window.postMessage(m, "*");
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))), 30);
      }),
      message,
    );
  }

  sent(): Promise<FromPanel[]> {
    return this.page.evaluate(() => (window as unknown as { sent: FromPanel[] }).sent);
  }

  async reports(): Promise<string[]> {
    return (await this.sent()).flatMap((message) => (message.type === "report" ? [message.message] : []));
  }

  kept(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { kept: unknown }).kept);
  }

  /** Text of one of the figures, e.g. `accuracy`. */
  figure(name: string): Promise<string> {
    return this.page.locator(`[data-figure="${name}"]`).first().innerText();
  }
}
