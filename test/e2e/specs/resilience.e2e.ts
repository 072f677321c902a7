import { describe, expect, it } from "vitest";
import { FoxNas } from "../harness/foxnas.js";
import { workersUnder } from "../harness/processes.js";
import { endsCleanly, session } from "../harness/session.js";

/** Enough annealing that something can happen in its middle on any machine. */
const LONG = 100_000_000;

describe("a search in mid-run", () => {
  const at = session({ settings: { "foxnas.search.evaluations": LONG } });
  const foxnas = () => new FoxNas(at.workbench);

  /** The worker of the search that is going, once there is exactly one and the panel shows its progress. */
  async function runningWorker(): Promise<number> {
    await foxnas().state(/Searching, \d+/);
    await expect.poll(() => workersUnder(at.server.pid), { timeout: 30_000 }).toHaveLength(1);
    return workersUnder(at.server.pid)[0] ?? 0;
  }

  it("completes when its worker is killed, and says that it was restarted", async () => {
    await foxnas().search("120");
    const worker = await runningWorker();
    process.kill(worker, "SIGKILL");
    await expect.poll(() => workersUnder(at.server.pid).filter((pid) => pid !== worker), { timeout: 30_000 }).toHaveLength(1);
    await foxnas().state(/Reached the proven optimum/);
    const facts = await foxnas().panel.locator(".facts").innerText();
    expect(facts).toMatch(/worker restarted once/);
    expect(facts).toMatch(/100\smillion evaluations/);
  });

  it("is still there after a reload of the window, and completes", async () => {
    await foxnas().search("110");
    await runningWorker();
    await at.workbench.reload();
    await foxnas().state(/Searching, \d+|Reached the proven optimum/);
    expect(await foxnas().panel.locator("main h1").innerText()).toContain("foxnas-cpu");
    await foxnas().state(/Reached the proven optimum/);
    expect(await foxnas().panel.locator(".statement").innerText()).toMatch(/for a budget of 110\sms/);
    expect(await foxnas().panel.locator(".facts").innerText()).toMatch(/100\smillion evaluations/);
  });

  it("is cancelled from the panel; its worker ends and the run is kept", async () => {
    await foxnas().search("100");
    await runningWorker();
    await at.workbench.statusBarItem(/FOX-NAS/).waitFor({ timeout: 20_000 });
    await foxnas().panel.getByRole("button", { name: "Cancel search" }).click();
    await foxnas().state(/Cancelled/);
    await expect.poll(() => workersUnder(at.server.pid), { timeout: 30_000 }).toEqual([]);
    await at.workbench.showView("FOX-NAS");
    await at.workbench.page.locator(".pane-body .monaco-list-row").filter({ hasText: "cancelled" }).waitFor({ timeout: 20_000 });
  });

  endsCleanly(at);
});
