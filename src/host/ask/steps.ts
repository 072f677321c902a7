import * as vscode from "vscode";

/** What a step answers when the person presses the back button. */
export const BACK = Symbol("back");
export type Back = typeof BACK;

/** Place of a step among the steps, 1-based. */
export interface At {
  step: number;
  total: number;
}

/** A step writes its answer into the state it closes over; `skip` where there is nothing to ask (never the first). */
export type Step = (at: At) => Promise<"next" | "skip" | Back | undefined>;

/** Runs steps in order, goes back when asked; false when the person gave up. */
export async function runSteps(steps: readonly Step[]): Promise<boolean> {
  let way = 1;
  for (let i = 0; i < steps.length; i += way) {
    const answer = await steps[i]!({ step: i + 1, total: steps.length });
    if (answer === undefined) return false;
    if (answer !== "skip") way = answer === BACK ? -1 : 1;
  }
  return true;
}

/** What `keep` of a question answers where nothing can be done with the answer: it is asked again. */
export const AGAIN = Symbol("again");

/** A step that asks, and hands the answer to `keep` unless the person went back or gave up. */
export function question<T>(ask: (at: At) => Promise<T | Back | undefined>, keep: (answer: T) => unknown): Step {
  return async (at) => {
    for (;;) {
      const answer = await ask(at);
      if (answer === undefined || answer === BACK) return answer as Back | undefined;
      if ((await keep(answer)) !== AGAIN) return "next";
    }
  };
}

/** Options of a question that has no place among steps: it has no back button. */
export type Alone<T> = T & { at?: undefined };

export interface PickItem<T> extends vscode.QuickPickItem {
  value?: T;
}

interface PickOptions<T> {
  title: string;
  at?: At;
  placeholder: string;
  items: readonly PickItem<T>[];
  /** Preselected item. */
  active?: (value: T) => boolean;
  /** Hears which item the selection moves to. */
  onActive?: (value: T) => void;
}

/** One choice of a list; undefined when dismissed. */
export function pick<T>(options: Alone<PickOptions<T>>): Promise<T | undefined>;
export function pick<T>(options: PickOptions<T>): Promise<T | Back | undefined>;
export function pick<T>(options: PickOptions<T>): Promise<T | Back | undefined> {
  const list = vscode.window.createQuickPick<PickItem<T>>();
  list.placeholder = options.placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = options.items;
  const active = options.items.find((item) => item.value !== undefined && options.active?.(item.value) === true);
  if (active !== undefined) list.activeItems = [active];
  list.onDidChangeActive(([item]) => {
    if (item?.value !== undefined) options.onActive?.(item.value);
  });
  return ask(list, options, () => list.selectedItems[0]?.value);
}

interface PickSeveralOptions<T> extends Omit<PickOptions<T>, "active" | "onActive"> {
  /** Ticked from the start. */
  picked: (value: T) => boolean;
  /** Why a choice does not pass; undefined when it does. */
  refuse?: (values: readonly T[]) => string | undefined;
}

/** Several of a list; undefined when dismissed. */
export function pickSeveral<T>(options: PickSeveralOptions<T>): Promise<T[] | Back | undefined> {
  const list = vscode.window.createQuickPick<PickItem<T>>();
  list.canSelectMany = true;
  list.placeholder = options.placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = options.items;
  list.selectedItems = options.items.filter((item) => item.value !== undefined && options.picked(item.value));
  return ask(list, options, () => {
    const values = list.selectedItems.flatMap(({ value }) => (value === undefined ? [] : [value]));
    const why = options.refuse?.(values);
    if (why === undefined) return values;
    // A list has no message of its own; its filter is in the way of the placeholder.
    list.value = "";
    list.placeholder = why;
    return undefined;
  });
}

export interface InputOptions<T> {
  title: string;
  at?: At;
  value: string;
  prompt: string;
  placeholder?: string;
  /** Judges the text at every change; the message is shown below the box. */
  advise: (text: string) => Advice<T>;
  /** Fires when `advise` may answer otherwise, and while `busy` is being computed. */
  attach?: (input: vscode.InputBox, refresh: () => void) => vscode.Disposable;
}

/** `value` undefined: the text does not pass. */
export interface Advice<T> {
  value?: T;
  message?: string | vscode.InputBoxValidationMessage;
}

/** A text that passes `advise`; undefined when dismissed. */
export function input<T>(options: Alone<InputOptions<T>>): Promise<T | undefined>;
export function input<T>(options: InputOptions<T>): Promise<T | Back | undefined>;
export function input<T>(options: InputOptions<T>): Promise<T | Back | undefined> {
  const box = vscode.window.createInputBox();
  box.value = options.value;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  const submit = new vscode.EventEmitter<void>();
  // Enter while the answer is still being computed counts once it is there.
  let entered = false;
  const refresh = () => {
    box.validationMessage = options.advise(box.value).message;
    if (entered && !box.busy) submit.fire();
  };
  const attached = options.attach?.(box, refresh);
  refresh();
  const subscriptions = vscode.Disposable.from(
    submit,
    box.onDidAccept(() => (entered = box.busy)),
    box.onDidChangeValue(() => {
      entered = false;
      refresh();
    }),
  );
  return ask(box, options, () => options.advise(box.value).value, submit.event).finally(() => {
    subscriptions.dispose();
    attached?.dispose();
  });
}

function ask<T>(
  box: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, at }: { title: string; at?: At },
  answer: () => T | undefined,
  submit?: vscode.Event<void>,
): Promise<T | Back | undefined> {
  box.title = title;
  // A click beside it, for instance to look up a number, must not lose the answers.
  box.ignoreFocusOut = true;
  if (at !== undefined && at.total > 1) {
    box.step = at.step;
    box.totalSteps = at.total;
    if (at.step > 1) box.buttons = [vscode.QuickInputButtons.Back, ...box.buttons];
  }
  return new Promise<T | Back | undefined>((resolve) => {
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) resolve(BACK);
    });
    const accept = () => {
      const value = answer();
      if (value !== undefined) resolve(value);
    };
    box.onDidAccept(accept);
    submit?.(accept);
    box.onDidHide(() => resolve(undefined));
    box.show();
  }).finally(() => box.dispose());
}
