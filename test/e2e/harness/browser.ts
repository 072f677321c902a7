import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

/** Path of the Chromium to drive: the variable CHROMIUM, else where Linux distributions put it; null where there is none. */
export function findChromium(): string | null {
  return [process.env["CHROMIUM"], ...places].find((file) => file !== undefined && existsSync(file)) ?? null;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  // Chromium itself must reach nobody; what pages ask for is recorded below, also when it would fail.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** What a page may not do, gathered while it lives. */
export interface Findings {
  /** Requests to anywhere but 127.0.0.1. */
  outside: string[];
  /** Reports of content security policy violations, from any frame. */
  csp: string[];
  /** How many requests were looked at. */
  requests: number;
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(`No Chromium: set CHROMIUM, or put one at ${places.join(" or ")}.`);
  return chromium.launch({ executablePath, args: flags, headless: true });
}

const isWebviewResource = (hostname: string): boolean => hostname.endsWith(".vscode-resource.vscode-cdn.net");

/** A fresh profile whose pages are watched. Width and height in CSS pixels. */
export async function watchedContext(browser: Browser, width: number, height: number): Promise<{ context: BrowserContext; findings: Findings }> {
  const context = await browser.newContext({ viewport: { width, height } });
  const findings: Findings = { outside: [], csp: [], requests: 0 };
  context.on("request", (request) => {
    findings.requests += 1;
    const { protocol, hostname } = new URL(request.url());
    const inside = ["data:", "blob:", "about:"].includes(protocol) || hostname === "127.0.0.1";
    if (!inside && !isWebviewResource(hostname)) findings.outside.push(request.url());
  });
  // Files of a webview have made-up addresses that VS Code's service worker answers; only then do they stay inside.
  context.on("requestfailed", (request) => {
    if (isWebviewResource(new URL(request.url()).hostname)) findings.outside.push(request.url());
  });
  context.on("response", (response) => {
    if (isWebviewResource(new URL(response.url()).hostname) && !response.fromServiceWorker()) findings.outside.push(response.url());
  });
  context.on("console", (message) => {
    const { url, lineNumber } = message.location();
    if (/content security policy/i.test(message.text())) findings.csp.push(`${message.text()} (${url}:${lineNumber})`);
  });
  return { context, findings };
}

export type { Browser };
