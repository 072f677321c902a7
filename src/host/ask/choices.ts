import * as vscode from "vscode";
import type { Target, PredictorFile } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import { details, errorUnit } from "../format.js";
import type { Entry, Library, Listing } from "../library.js";
import { messageOf } from "../report.js";
import { originNote, type MachineInfo } from "../machine.js";
import { BACK, pick, type At, type Back, type PickItem } from "./steps.js";

type Choice<T> = { kind: "entry"; entry: Entry<T> } | { kind: "browse" } | { kind: "trust" } | { kind: "broken"; error: unknown };

interface ChoiceOptions<T> {
  title: string;
  at: At;
  placeholder: string;
  listing: Listing<T>;
  /** Offered before all others. */
  first?: { label: string; entries: readonly Entry<T>[] };
  /** What entries that are no files are called. */
  made?: string;
  /** Key of the answer given last time. */
  remembered: string | undefined;
  item: (content: T, entry: Entry<T>) => { label: string; description?: string; detail: string };
  /** Reads a file that was browsed for. Throws InputError when it does not fit. */
  read: (uri: vscode.Uri) => Promise<Entry<T>>;
  /** File name extension to browse for, without the first dot. */
  extension: string;
  report: (error: unknown) => Promise<void>;
}

/** A search space: built-in, of the workspace, or browsed for. Those that predictors are there for come first. */
export async function pickSpace(
  library: Library,
  options: Pick<ChoiceOptions<Space>, "title" | "at" | "remembered" | "report" | "first">,
): Promise<Entry<Space> | Back | undefined> {
  const [listing, predictors] = await Promise.all([library.spaces(), library.predictors()]);
  const predictorsOf = ({ id }: Space) => predictors.entries.filter(({ content }) => content.space === id).length;
  const entries = [...listing.entries].sort((a, b) => Number(predictorsOf(b.content) > 0) - Number(predictorsOf(a.content) > 0));
  return choose<Space>({
    ...options,
    placeholder: vscode.l10n.t("Search space: what the network may look like"),
    listing: { ...listing, entries },
    item: (space) => ({
      label: space.title,
      description: space.id,
      detail: details([
        predictorsOf(space) === 0 ? vscode.l10n.t("no predictors yet") : vscode.l10n.t("{0} predictors", predictorsOf(space)),
        vscode.l10n.t("stages of {0} channels", space.stages.map((stage) => stage.width).join(", ")),
        vscode.l10n.t("{0} classes", space.classes),
      ]),
    }),
    read: (uri) => library.space(uri),
    extension: "space.json",
  });
}

/** A predictor of `target` among those that fit the picked space. */
export async function pickPredictor(
  library: Library,
  options: Pick<ChoiceOptions<PredictorFile>, "title" | "at" | "remembered" | "report"> & {
    target: Target;
    /** What it must be for, e.g. `foxnas-cpu at 224 px`. */
    wanted: string;
    /** Why a predictor does not fit what was picked before; undefined when it does. */
    misfit: (predictor: PredictorFile) => Error | undefined;
    /** Of the machine that the person works on; undefined while it is not known. */
    machine: MachineInfo | undefined;
  },
): Promise<Entry<PredictorFile> | Back | undefined> {
  const all = await library.predictors();
  const entries = all.entries.filter(({ content }) => content.target === options.target && options.misfit(content) === undefined);
  return choose<PredictorFile>({
    ...options,
    placeholder:
      entries.length === 0
        ? nothingText(options.target, options.wanted)
        : options.target === "accuracy"
          ? vscode.l10n.t("Accuracy predictor: where the accuracy comes from")
          : vscode.l10n.t("Latency predictor: whose milliseconds they are"),
    listing: { ...all, entries },
    made: options.target === "latency" ? vscode.l10n.t("profiled on this machine") : vscode.l10n.t("evaluated on this machine"),
    item: (predictor, { uri }) => ({
      label: predictor.title ?? `${predictor.device ?? predictor.space}, ${predictor.resolution} px`,
      // A file has a name; two profiles of one machine have the same title.
      description: details([originNote(predictor, options.machine), uri === null ? measuredAt(predictor) : undefined]),
      detail: predictorDetail(predictor),
    }),
    read: async (uri) => {
      const entry = await library.predictor(uri);
      const misfit = options.misfit(entry.content);
      if (misfit !== undefined) throw misfit;
      return entry;
    },
    extension: "predictor.json",
  });
}

function nothingText(target: Target, wanted: string): string {
  return target === "accuracy"
    ? vscode.l10n.t("No accuracy predictor for {0}: browse for one, or fit one to your samples (FOX-NAS: Fit Predictor from CSV)", wanted)
    : vscode.l10n.t("No latency predictor for {0}: browse for one, or fit one to your samples (FOX-NAS: Fit Predictor from CSV)", wanted);
}

/** When a device predictor was measured, `Nov 24, 11:27 PM`. */
function measuredAt({ measured }: PredictorFile): string | undefined {
  const date = measured === undefined ? undefined : new Date(measured.protocol.date);
  if (date === undefined || Number.isNaN(date.getTime())) return undefined;
  return date.toLocaleString(vscode.env.language, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
}

/** Device, resolution, cross-validated error, samples, form and source of a predictor in a line. */
export function predictorDetail(predictor: PredictorFile): string {
  const { target, unit, fit } = predictor;
  const rmse = fit?.crossValidation?.rmse;
  return details([
    // An accuracy belongs to weights and data, not to a device.
    predictor.device ?? (target === "latency" ? vscode.l10n.t("device not named") : undefined),
    `${predictor.resolution} px`,
    // Long lines are cut: the error comes before what it rests on.
    rmse === undefined ? vscode.l10n.t("error not known") : vscode.l10n.t("error {0} {1}, cross-validated", rmse.toFixed(2), errorUnit(target, unit)),
    fit === undefined ? vscode.l10n.t("samples not named") : vscode.l10n.t("{0} samples", fit.n),
    vscode.l10n.t("form {0}", predictor.form),
    predictor.source,
  ]);
}

async function choose<T>(options: ChoiceOptions<T>): Promise<Entry<T> | Back | undefined> {
  for (;;) {
    const answer = await pick<Choice<T>>({
      title: options.title,
      at: options.at,
      placeholder: options.placeholder,
      items: items(options),
      active: (choice) => choice.kind === "entry" && choice.entry.key === options.remembered,
    });
    if (answer === undefined || answer === BACK) return answer;
    if (answer.kind === "entry") return answer.entry;
    if (answer.kind === "trust") {
      await vscode.commands.executeCommand("workbench.trust.manage");
      return undefined;
    }
    if (answer.kind === "broken") {
      void options.report(answer.error);
      return undefined;
    }
    const entry = await browse(options);
    if (entry !== undefined) return entry;
  }
}

function items<T>({ listing: { entries, unreadable }, first, made: madeLabel = "", item }: ChoiceOptions<T>): PickItem<Choice<T>>[] {
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const row = (entry: Entry<T>): PickItem<Choice<T>> => {
    const shown = item(entry.content, entry);
    const description = details([shown.description, entry.builtIn || entry.uri === null ? undefined : entry.source.name]);
    return { ...shown, description, value: { kind: "entry", entry } };
  };
  const rest = entries.filter(({ key }) => first?.entries.some((one) => one.key === key) !== true);
  const made = rest.filter((entry) => entry.uri === null);
  const builtIn = rest.filter((entry) => entry.builtIn);
  const own = rest.filter((entry) => !entry.builtIn && entry.uri !== null);
  const broken = unreadable.map(({ uri, error }): PickItem<Choice<T>> => ({
    label: `$(warning) ${vscode.workspace.asRelativePath(uri)}`,
    description: vscode.l10n.t("cannot be used"),
    detail: messageOf(error),
    value: { kind: "broken", error },
  }));
  const more: PickItem<Choice<T>> = vscode.workspace.isTrusted
    ? { label: `$(folder-opened) ${vscode.l10n.t("Browse…")}`, value: { kind: "browse" } }
    : { label: `$(shield) ${vscode.l10n.t("Trust this workspace to use its files…")}`, value: { kind: "trust" } };
  const group = (label: string, rows: PickItem<Choice<T>>[]) => (rows.length > 0 ? [separator(label), ...rows] : []);
  return [
    ...group(first?.label ?? "", (first?.entries ?? []).map(row)),
    ...group(madeLabel, made.map(row)),
    ...group(vscode.l10n.t("built in"), builtIn.map(row)),
    ...group(vscode.l10n.t("this workspace"), [...own.map(row), ...broken]),
    separator(""),
    more,
  ];
}

async function browse<T>(options: ChoiceOptions<T>): Promise<Entry<T> | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: options.title,
    openLabel: vscode.l10n.t("Use"),
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
    filters: { [`*.${options.extension}`]: [options.extension, "json"] },
  });
  if (picked?.[0] === undefined) return undefined;
  try {
    return await options.read(picked[0]);
  } catch (error) {
    void options.report(error);
    return undefined;
  }
}
