import "./texts.js";
import { render } from "preact";
import { loadUi, onMessage, report, reportDefects, saveUi, send } from "./host.js";
import { receive, type Model } from "./model.js";
import { Panel } from "./panel.js";
import type { PanelUi } from "./types.js";
import "../src/pictures/theme.css";
import "../src/pictures/pictures.css";
import "./panel.css";
import "./explain/explain.css";
import "./evaluate/evaluate.css";

const root = document.querySelector("#panel") ?? document.body.appendChild(document.createElement("div"));
let model: Model = { ready: false, run: null, ui: loadUi(), nearTies: new Map(), overview: undefined };
let waiting = false;
/** `runId what` of what was already reported as painted. */
const painted = new Set<string>();

/** Draws at most once a frame, however fast messages come. */
function schedule(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw();
  });
}

function draw(): void {
  const { run, ui } = model;
  if (!model.ready) return;
  try {
    render(<Panel run={run} nearTies={model.nearTies} overview={model.overview} ui={ui} onUi={setUi} send={send} />, root);
  } catch (error) {
    report(`Drawing failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return;
  }
  if (run === null) return;
  if (run.progress !== null && run.result === null) tellPainted(run.id, "progress");
  if (run.result !== null) tellPainted(run.id, "result");
}

/** Two frames on, the browser has put the picture on the screen. */
function tellPainted(runId: string, what: "progress" | "result"): void {
  const key = `${runId} ${what}`;
  if (painted.has(key)) return;
  painted.add(key);
  requestAnimationFrame(() => requestAnimationFrame(() => send({ type: "painted", runId, what })));
}

function setUi(change: Partial<PanelUi>): void {
  model = { ...model, ui: { ...model.ui, ...change } };
  saveUi(model.ui);
  schedule();
}

reportDefects();
onMessage((message) => {
  const { ui } = model;
  model = receive(model, message);
  if (model.ui !== ui) saveUi(model.ui);
  schedule();
});
send({ type: "ready" });
