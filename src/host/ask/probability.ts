import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { askedText } from "../../shared/probability.js";

const OFFERED = [null, 0.95, 0.99];

/** How sure one measurement is to stay within the budget; null: the prediction is. */
export type Probability = number | null;

/** The setting `foxnas.search.probability`, where a search begins. Throws InputError. */
export function settingOf(config: vscode.WorkspaceConfiguration): Probability {
  const value = config.get<unknown>("probability", null);
  if (value === null || (typeof value === "number" && value > 0.5 && value < 1)) return value;
  throw new InputError({
    what: vscode.l10n.t("the setting foxnas.search.probability is no probability that a budget can be kept with"),
    found: JSON.stringify(value),
    expected: vscode.l10n.t("a number between 0.5 and 1, or null"),
    next: vscode.l10n.t("Change it in the settings."),
  });
}

/**
 * `, kept by one measurement with 95 % probability`; nothing on average.
 * @param told whether the predictor can tell
 */
export function keptText(probability: Probability, told: boolean): string {
  if (probability === null) return "";
  return told
    ? vscode.l10n.t(", kept by one measurement with {0} probability", askedText(probability))
    : vscode.l10n.t(", kept on average: this latency predictor has no covariance");
}

/** A button in the title bar of the budget's input that goes through average, 95 %, 99 % and the setting's own. */
export class ProbabilityButton {
  #button = this.#make();

  constructor(public asked: Probability) {}

  /** @param changed is called when another probability was chosen */
  attach(box: vscode.InputBox, changed: () => void): vscode.Disposable {
    this.#button = this.#make();
    box.buttons = [...box.buttons, this.#button];
    return box.onDidTriggerButton((button) => {
      if (button !== this.#button) return;
      this.asked = this.#next;
      this.#button = this.#make();
      box.buttons = box.buttons.map((one) => (one === button ? this.#button : one));
      changed();
    });
  }

  get #next(): Probability {
    const all = [...new Set([...OFFERED, this.asked])].sort((a, b) => (a ?? 0) - (b ?? 0));
    return all[(all.indexOf(this.asked) + 1) % all.length]!;
  }

  #make(): vscode.QuickInputButton {
    const name = (p: Probability) => (p === null ? vscode.l10n.t("on average") : vscode.l10n.t("with {0} probability", askedText(p)));
    return {
      iconPath: new vscode.ThemeIcon("shield"),
      tooltip: vscode.l10n.t("The budget is kept {0}. Press to keep it {1}.", name(this.asked), name(this.#next)),
    };
  }
}
