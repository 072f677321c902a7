import * as vscode from "vscode";
import { benchmark, copyMarkdown } from "./start/bench.js";
import { CODE_COMMANDS } from "./code/commands.js";
import type { CommandTable } from "./commandTable.js";
import { COMPARE_COMMANDS } from "./compare/commands.js";
import { EDITOR_COMMANDS } from "./editor/commands.js";
import { copyAccount, saveReport } from "./found/explain.js";
import { exportOnnx } from "./found/exportOnnx.js";
import type { AboutFound } from "./found/finishedSearch.js";
import { fitPredictor } from "./start/fit.js";
import { insertConfig, insertFinalist } from "./found/insert.js";
import { profileDevice } from "./start/profile.js";
import { createSupernetProject } from "./project/createSupernet.js";
import { openSample } from "./project/openSample.js";
import { RUN_COMMANDS } from "./runs/commands.js";
import { savePredictor } from "./found/savePredictor.js";
import { search } from "./start/search.js";
import { evaluateSupernet } from "./supernet/evaluate.js";
import { exportSubnet } from "./supernet/exportSubnet.js";
import { evaluateWinners } from "./supernet/finalists.js";
import type { AboutFinalist } from "./supernet/finishedFinalists.js";
import { saveSamples } from "./supernet/saveSamples.js";
import { TOOL_COMMANDS } from "./tools/commands.js";
import { tune } from "./start/tune.js";
import { verify } from "./found/verify.js";

/** What a row of the Runs view hands to its commands. */
interface RunRow {
  record: { id: string };
}

/** What the panel hands to commands about a run, and the run that a row or the panel means. */
type About = RunRow | { runId?: string };
const idOf = (about: About | undefined) => (about === undefined ? undefined : "record" in about ? about.record.id : about.runId);

/** An architecture that a search found, as a row of the Runs view or the panel names it. */
type FoundFrom = RunRow | AboutFound;
const foundOf = (from: FoundFrom | undefined): AboutFound => (from === undefined ? { point: null } : "record" in from ? { runId: from.record.id, point: null } : from);

/** A finalist, as a row of the Runs view (its winner) or the panel names it. */
type FinalistFrom = RunRow | AboutFinalist;
const finalistOf = (from: FinalistFrom | undefined): AboutFinalist => (from === undefined ? {} : "record" in from ? { runId: from.record.id, index: 0 } : from);

/** A file of the explorer; the panel hands an object of its own. */
const fileOf = (from: unknown): vscode.Uri | undefined => (from instanceof vscode.Uri ? from : undefined);

/** Every command of the extension, by its id in package.json. Errors are reported where they are registered. */
export const COMMANDS: CommandTable = {
  "foxnas.search": (app, profile?: About) => search(app, idOf(profile)),
  "foxnas.profile": (app) => profileDevice(app),
  "foxnas.tune": (app, about?: About) => tune(app, idOf(about)),
  "foxnas.bench": (app, about?: About) => benchmark(app, idOf(about)),
  "foxnas.copyMarkdown": (app, about?: About) => copyMarkdown(app, idOf(about)),
  "foxnas.savePredictor": (app, profile?: About) => savePredictor(app, idOf(profile)),
  "foxnas.cancel": (app, row?: RunRow) => {
    const id = row?.record.id ?? app.runs.liveIds().at(-1);
    if (id !== undefined) app.runs.cancel(id);
  },
  "foxnas.openPanel": async ({ panel, runs }) => {
    const newest = panel.runId ?? runs.liveIds().at(-1) ?? (await runs.list())[0]?.record.id;
    panel.show(runs.liveIds().at(-1) ?? newest);
  },
  "foxnas.insert": (app, from?: FoundFrom) => insertConfig(app, foundOf(from)),
  "foxnas.exportOnnx": (app, from?: FoundFrom) => exportOnnx(app, foundOf(from)),
  "foxnas.verify": (app, from?: FoundFrom) => verify(app, foundOf(from)),
  "foxnas.copyAccount": (app, from?: FoundFrom) => copyAccount(app, foundOf(from)),
  "foxnas.saveReport": (app, from?: FoundFrom) => saveReport(app, foundOf(from)),
  "foxnas.openSample": (app) => openSample(app),
  "foxnas.createSupernet": (app) => createSupernetProject(app),
  "foxnas.evaluate": (app, supernet?: unknown) => evaluateSupernet(app, fileOf(supernet)),
  "foxnas.saveSamples": (app, about?: About) => saveSamples(app, idOf(about)),
  "foxnas.finalists": (app, about?: About) => evaluateWinners(app, idOf(about)),
  "foxnas.insertFinalist": (app, from?: FinalistFrom) => insertFinalist(app, finalistOf(from)),
  "foxnas.exportSubnet": (app, from?: vscode.Uri | FinalistFrom) => exportSubnet(app, from instanceof vscode.Uri ? from : from === undefined ? undefined : finalistOf(from)),
  "foxnas.fit": (app, csv?: vscode.Uri) => fitPredictor(app, csv),
  "foxnas.showLog": ({ log }) => log.show(),
  "foxnas.runs.open": ({ panel }, { record }: RunRow) => panel.show(record.id),
  "foxnas.runs.resume": async ({ panel, runs }, { record }: RunRow) => {
    panel.show(record.id);
    await runs.resume(record.id);
  },
  ...EDITOR_COMMANDS,
  ...COMPARE_COMMANDS,
  ...CODE_COMMANDS,
  ...RUN_COMMANDS,
  ...TOOL_COMMANDS,
};
