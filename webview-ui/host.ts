import * as v from "valibot";
import { PanelUiSchema, ToPanelSchema, type FromPanel, type PanelUi, type ToPanel } from "../src/shared/panel.js";
import { freshUi } from "./ui.js";

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelUi): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Sends one message to the host. */
export const send = (message: FromPanel): void => api.postMessage(message);

/** Puts a defect of the panel into the log. */
export const report = (message: string): void => send({ type: "report", message: message.slice(0, 4000) });

/** Navigation state of the last time; a fresh one where there is none or it does not parse. */
export function loadUi(): PanelUi {
  const parsed = v.safeParse(PanelUiSchema, api.getState());
  return parsed.success ? parsed.output : freshUi(null);
}
export const saveUi = (ui: PanelUi): void => api.setState(ui);

/** Calls back with every valid message; an invalid one is reported with the place that is wrong, and dropped. */
export function onMessage(take: (message: ToPanel) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const parsed = v.safeParse(ToPanelSchema, event.data);
    if (parsed.success) return take(parsed.output);
    const issue = parsed.issues[0];
    report(`Message ignored: ${v.getDotPath(issue) ?? "message"}: ${issue.message}`);
  });
}

/** Script errors and policy violations go to the host's log: nobody looks at a webview's console. */
export function reportDefects(): void {
  window.addEventListener("error", (event) => {
    // Resize observers that settle in the next frame are reported as errors by Chromium; they are none.
    if (event.message.startsWith("ResizeObserver loop")) return;
    report(`Script error: ${event.message} (${event.filename}:${event.lineno}:${event.colno})`);
  });
  window.addEventListener("unhandledrejection", (event) => report(`Unhandled rejection: ${String(event.reason)}`));
  document.addEventListener("securitypolicyviolation", (event) =>
    report(`CSP violation: ${event.effectiveDirective} blocked ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  );
}
