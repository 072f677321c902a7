import type * as vscode from "vscode";
import type { Request, ResultOf, SearchRequest } from "../shared/messages.js";
import type { FrontResult } from "../shared/results.js";
import type { Source } from "../shared/source.js";
import type { Space } from "../shared/space.js";
import type { App } from "./app.js";
import { benchCandidates, type Candidate } from "./benchCandidates.js";
import { adviseBudget } from "./budget.js";
import { configOfRun } from "./config.js";
import { onnxRequest } from "./exportOnnx.js";
import { startFrontJob } from "./frontJob.js";
import { insertAtCursor } from "./insert.js";
import type { RunController } from "./runController.js";
import { jobWithProgress } from "./jobProgress.js";
import { originNote, type Machine } from "./machine.js";
import { writeKit } from "./project/createSupernet.js";
import { copySample } from "./project/openSample.js";
import { dataFolders, supernetFiles } from "./supernet/found.js";
import { inspect, type Inspected } from "./supernet/inspect.js";
import { verifiedOf, verifyPlan } from "./verifyRequest.js";
import { fileIn, writeBytesInWorkspace, writeFilesInWorkspace, writeInWorkspace } from "./workspaceFile.js";

/** What the tests inside VS Code reach; only there. */
export interface TestApi {
  runsFolder: string;
  runs: RunController;
  log: vscode.LogOutputChannel;
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
  /** What the benchmark wizard would offer. */
  benchCandidates: () => Promise<Candidate[]>;
}

/** Bundles the parts under test; given out in test mode only. */
export function testApi({ context, library, log, machine, runs, runsFolder, version, workerPath }: App): TestApi {
  return {
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
    benchCandidates: () => benchCandidates({ runs, library, version }),
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
