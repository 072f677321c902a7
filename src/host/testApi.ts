import type * as vscode from "vscode";
import type { Request, ResultOf, SearchRequest } from "../shared/messages.js";
import type { FrontResult } from "../shared/results.js";
import type { Source } from "../shared/source.js";
import type { Space } from "../shared/space.js";
import type { App } from "./app.js";
import { benchCandidates, type Candidate } from "./start/benchCandidates.js";
import { adviseBudget } from "./ask/budget.js";
import { codeApi } from "./code/testApi.js";
import { compareArchitectures } from "./compare/index.js";
import { headSide } from "./compare/head.js";
import { configOfRun } from "./found/config.js";
import { onnxRequest } from "./found/exportOnnx.js";
import { startFrontJob } from "./start/frontJob.js";
import { insertAtCursor } from "./found/insert.js";
import type { RunController } from "./runs/runController.js";
import { jobWithProgress } from "./jobProgress.js";
import { originNote, type Machine } from "./machine.js";
import { writeKit } from "./project/createSupernet.js";
import { copySample } from "./project/openSample.js";
import { dataFolders, supernetFiles } from "./supernet/found.js";
import { inspect, type Inspected } from "./supernet/inspect.js";
import type { RunRecord } from "../runs/runStore.js";
import type { RunFile } from "../shared/runFile.js";
import type { RunRequest } from "../shared/runs.js";
import { sideOf, type Side } from "./runs/compare.js";
import { exportedText } from "./runs/exportRun.js";
import type { RunNode } from "./runs/nodes.js";
import { startReplay } from "./runs/replay.js";
import { runItem } from "./runs/treeItems.js";
import type { RunsView } from "./runs/runsView.js";
import { languageModelTools } from "./tools/index.js";
import { verifiedOf, verifyPlan } from "./found/verifyRequest.js";
import { fileIn, writeBytesInWorkspace, writeFilesInWorkspace, writeInWorkspace } from "./workspaceFile.js";

/** What the tests inside VS Code reach; only there. */
export interface TestApi {
  runsFolder: string;
  runs: RunController;
  log: vscode.LogOutputChannel;
  runsView: RunsView;
  /** The row of the Runs view as VS Code draws it. */
  runItem: typeof runItem;
  /** What the commands of the Runs view do without asking. */
  exportedText: (record: RunRecord) => Promise<string>;
  startReplay: (file: RunFile, request: RunRequest, fileName: string) => Promise<string>;
  sideOf: (run: RunNode) => Promise<Side>;
  /** Sources of the built-in space and predictors, as the wizard would send them. */
  builtIn: (space: string) => Promise<Pick<SearchRequest, "space" | "accuracy" | "latency">>;
  library: App["library"];
  /** The front that the wizard judges a budget by. */
  front: (predictors: Pick<SearchRequest, "space" | "accuracy" | "latency">) => Promise<FrontResult | null>;
  adviseBudget: typeof adviseBudget;
  configOfRun: typeof configOfRun;
  fileIn: typeof fileIn;
  insertAtCursor: typeof insertAtCursor;
  writeInWorkspace: typeof writeInWorkspace;
  writeFilesInWorkspace: typeof writeFilesInWorkspace;
  writeBytesInWorkspace: typeof writeBytesInWorkspace;
  onnxRequest: typeof onnxRequest;
  verifyPlan: typeof verifyPlan;
  verifiedOf: typeof verifiedOf;
  /** A job with its notification. */
  job: <K extends "onnx" | "measure">(request: Extract<Request, { kind: K }>) => Promise<ResultOf<K> | undefined>;
  machine: Machine;
  originNote: typeof originNote;
  /** The sample project and the training kit, into a new folder on the disk. */
  copySample: (folder: string) => Promise<void>;
  writeKit: (folder: string, space: Space) => Promise<void>;
  /** What the evaluation wizard would offer, and what it then reads. */
  supernetFiles: typeof supernetFiles;
  dataFolders: typeof dataFolders;
  inspect: (space: Source, supernet: string, data: string) => Promise<Inspected | undefined>;
  /** The tools for language models, for what VS Code does not hand on: their questions before they run. */
  tools: ReturnType<typeof languageModelTools>;
  /** What the benchmark wizard would offer. */
  benchCandidates: () => Promise<Candidate[]>;
  /** Code from a config or a run: what the wizard reads, proposes, shows and writes. */
  code: ReturnType<typeof codeApi>;
  /** The pages that compare architectures, and what they are made from. */
  comparisons: App["comparisons"];
  headSide: typeof headSide;
  compareArchitectures: (left: ArchitectureText, right: ArchitectureText) => Promise<void>;
}

type ArchitectureText = { title: string; source: Source };

/** Bundles the parts under test; given out in test mode only. */
export function testApi(app: App): TestApi {
  const { context, library, log, machine, runs, runsFolder, runsView, version, workerPath } = app;
  return {
    runsView,
    runItem,
    exportedText: (record) => exportedText(app, record),
    startReplay: (file, request, fileName) => startReplay(app, file, request, fileName),
    sideOf: (run) => sideOf(app, run),
    runsFolder,
    runs,
    log,
    library,
    front: (predictors) => startFrontJob(predictors, workerPath, (level, message) => log[level](message)).result,
    adviseBudget,
    configOfRun,
    fileIn,
    insertAtCursor,
    writeInWorkspace,
    writeFilesInWorkspace,
    writeBytesInWorkspace,
    onnxRequest,
    verifyPlan,
    verifiedOf,
    job: (request) => jobWithProgress(request, { title: "test", workerPath, log }),
    machine,
    originNote,
    copySample: (to) => copySample(context.extensionPath, to),
    writeKit: (to, space) => writeKit(context.extensionPath, to, space),
    supernetFiles,
    dataFolders,
    inspect: (space, supernet, data) => inspect({ workerPath, log }, space, supernet, data),
    code: codeApi(app),
    tools: languageModelTools(app),
    benchCandidates: () => benchCandidates({ runs, library, version }),
    comparisons: app.comparisons,
    headSide,
    compareArchitectures: (left, right) => compareArchitectures(app, left, right),
    builtIn: async (id) => {
      const spaces = await library.spaces();
      const predictors = await library.predictors();
      const predictor = (target: "accuracy" | "latency") =>
        predictors.entries.find((one) => one.builtIn && one.content.space === id && one.content.target === target)!.source;
      const space = spaces.entries.find((one) => one.builtIn && one.content.id === id)!.source;
      return { space, accuracy: predictor("accuracy"), latency: predictor("latency") };
    },
  };
}
