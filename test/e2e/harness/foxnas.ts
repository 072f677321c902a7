import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Workbench } from "./workbench.js";

/** A block as a person reads it off the panel's table. */
export interface ShownBlock {
  stage: string;
  expand: number;
  kernel: number;
}

/** What an end-to-end test does with FOX-NAS, in a person's words. */
export class FoxNas {
  constructor(private readonly workbench: Workbench) {}

  get panel(): Workbench["panel"] {
    return this.workbench.panel;
  }

  /** Palette, space, both predictors: the wizard then asks for the budget. */
  async openWizard(): Promise<void> {
    const { workbench } = this;
    await workbench.command("FOX-NAS: Search Architecture");
    await this.atStep("1/4");
    await workbench.pick(/^FOX-NAS for CPUs(?!, )/);
    await this.atStep("2/4");
    await workbench.pick("ImageNet top-1");
    await this.atStep("3/4");
    await workbench.pick("Raspberry Pi 4");
    await this.atStep("4/4");
  }

  /** The message below the budget once it says something that matches. */
  async budgetAdvice(budget: string, expected: RegExp): Promise<string> {
    await this.workbench.quickInputBox.fill(budget);
    const message = this.workbench.quickInput.locator(".quick-input-message").filter({ hasText: expected });
    await message.waitFor({ timeout: 60_000 });
    return message.innerText();
  }

  /** From the palette to a started search, shown in the panel. */
  async search(budget: string): Promise<void> {
    await this.openWizard();
    await this.budgetAdvice(budget, /% predicted/);
    await this.workbench.quickInputBox.press("Enter");
    // The tab's title tells this run from the one shown before.
    await this.workbench.page.getByRole("tab", { name: new RegExp(`^FOX-NAS: .*, ${budget} ms`) }).waitFor({ timeout: 60_000 });
    await this.panel.locator("main h1").waitFor({ timeout: 60_000 });
  }

  /** Palette, space, a typed resolution in px, int8: from there to the live panel. */
  async profile(resolution: string): Promise<void> {
    const { workbench } = this;
    await workbench.command("FOX-NAS: Profile This Device");
    await this.atStep("1/3");
    await workbench.pick(/^FOX-NAS for CPUs(?!, )/);
    await this.atStep("2/3");
    await workbench.pick("Another one");
    await workbench.quickInput.locator(".quick-input-message").filter({ hasText: "Resolution in pixels" }).waitFor({ timeout: 20_000 });
    await workbench.quickInputBox.fill(resolution);
    await workbench.quickInputBox.press("Enter");
    await this.atStep("3/3");
    await workbench.pick("int8");
    await workbench.page.getByRole("tab", { name: new RegExp(`^FOX-NAS: .*int8, ${resolution} px`) }).waitFor({ timeout: 60_000 });
  }

  /** Palette, the profile of this machine, accuracy: from there to the feasible range, ms. */
  async openTuneWizard(accuracy: string): Promise<[number, number]> {
    const { workbench } = this;
    await workbench.command("FOX-NAS: Search and Measure on This Device");
    await this.atStep("1/3");
    await workbench.pick("per-block");
    await this.atStep("2/3");
    await workbench.pick(accuracy);
    await this.atStep("3/3");
    return this.feasible();
  }

  /** The feasible range that the budget's step tells, ms. */
  async feasible(): Promise<[number, number]> {
    const message = this.workbench.quickInput.locator(".quick-input-message").filter({ hasText: /Feasible/ });
    await message.waitFor({ timeout: 60_000 });
    const range = /([\d.]+) … ([\d.]+) ms/.exec(await message.innerText())!;
    return [Number(range[1]), Number(range[2])];
  }

  /** The run's state in words, once it matches. */
  async state(expected: RegExp): Promise<string> {
    const state = this.panel.locator("header .state").filter({ hasText: expected });
    await state.waitFor({ timeout: 300_000 });
    return state.innerText();
  }

  /** Opens a run by its row in the Runs view. A row that is drawn anew under the click is selected and opens nothing, so this clicks until the panel shows a run in that state. */
  async openRun(row: string | RegExp, state: RegExp): Promise<void> {
    const found = this.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: row });
    const clicked = async () => {
      await found.click();
      return this.panel.locator("header .state").filter({ hasText: state }).waitFor({ timeout: 5000 }).then(() => true, () => false);
    };
    await expect.poll(clicked, { timeout: 60_000 }).toBe(true);
  }

  /** Evaluations that the live panel shows, e.g. `1.2 million of 300 million evaluations …`. */
  moment(): Promise<string> {
    return this.panel.locator('[data-figure="moment"]').innerText({ timeout: 60_000 });
  }

  figure(name: "done" | "underBudget" | "editedAccuracy" | "editedLatency" | "feasible" | "accuracy" | "latency" | "marginal" | "nearTies" | "heldOut" | "timed" | "tau" | "rmse" | "coverage" | "throughput"): Promise<string> {
    return this.panel.locator(`[data-figure="${name}"] > b`).innerText({ timeout: 60_000 });
  }

  /** Blocks of the shown architecture, read from the table behind the drawing. */
  async shownBlocks(): Promise<ShownBlock[]> {
    const section = this.panel.locator("section.architecture");
    if ((await section.locator("table").count()) === 0) await section.locator("summary").click();
    const rows = await section.locator("tbody tr").evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent ?? "")));
    expect(rows.length).toBeGreaterThan(4);
    return rows.map(([stage = "", , expand, kernel]) => ({ stage, expand: Number(expand), kernel: Number.parseInt(kernel ?? "", 10) }));
  }

  tab(name: string): Locator {
    return this.panel.getByRole("tab", { name, exact: true });
  }

  /** One of the views of a result. */
  async view(name: "Result" | "Alternatives" | "What if" | "In general" | "Predictors"): Promise<void> {
    await this.tab(name).click();
    await expect.poll(() => this.tab(name).getAttribute("aria-selected")).toBe("true");
  }

  /** Blocks of the design under “What if”, read from its selects. */
  async editedBlocks(): Promise<ShownBlock[]> {
    const stages = this.panel.locator(".editor fieldset");
    await stages.first().waitFor({ timeout: 60_000 });
    return stages.evaluateAll((fieldsets) =>
      fieldsets.flatMap((fieldset) => {
        const stage = (fieldset.querySelector("legend")?.textContent ?? "").replace("Stage ", "");
        return [...fieldset.querySelectorAll(".edit-block:not(.unused)")].map((row) => {
          const [expand, kernel] = [...row.querySelectorAll("select")].map(({ value }) => Number(value));
          return { stage, expand: expand!, kernel: kernel! };
        });
      }),
    );
  }

  /** The cells of a table behind a picture, which it opens. */
  async table(name: string): Promise<string[][]> {
    const details = this.panel.locator("details.table").filter({ hasText: name });
    if ((await details.locator("table").count()) === 0) await details.locator("summary").click();
    await details.locator("tbody tr").first().waitFor({ timeout: 20_000 });
    return details.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
  }

  /** Presses the panel's insert button and accepts JSON, a new file and the proposed name, which it answers. */
  async insert(button = /^Insert config/): Promise<string> {
    const { workbench } = this;
    await this.panel.getByRole("button", { name: button }).click();
    await workbench.pick("JSON");
    await workbench.pick("New file in the workspace");
    const box = workbench.quickInputBox;
    await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toMatch(/\.foxnas\.json$/);
    const name = await box.inputValue();
    await box.press("Enter");
    return name;
  }

  /** Waits for a step of a wizard by what its title holds, e.g. `2/4`. */
  async atStep(step: string): Promise<void> {
    await this.workbench.quickInput.locator(".quick-input-title").filter({ hasText: step }).waitFor({ timeout: 60_000 });
  }
}
