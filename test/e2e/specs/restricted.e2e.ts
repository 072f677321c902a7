import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FoxNas } from "../harness/foxnas.js";
import { root } from "../harness/paths.js";
import { endsCleanly, session, type Session } from "../harness/session.js";

const SPACE = { ...(JSON.parse(readFileSync(path.join(root, "media/spaces/foxnas-cpu.json"), "utf8")) as object), id: "somebodys", title: "Somebody's space" };

const welcome = (at: Session) => at.workbench.page.locator(".part.sidebar .welcome-view");

/** The first step of a search, with the spaces that it offers. */
async function spaceStep(at: Session): Promise<string[]> {
  await at.workbench.command("FOX-NAS: Search Architecture");
  await new FoxNas(at.workbench).atStep("1/4");
  await at.workbench.quickInputRows.filter({ hasText: "FOX-NAS for CPUs" }).first().waitFor({ timeout: 60_000 });
  return at.workbench.quickInputRows.allInnerTexts();
}

describe("a folder that is not trusted", () => {
  const at = session({ trusted: false, files: { "somebodys.space.json": JSON.stringify(SPACE), "README.md": "# Somebody's\n" } });
  const foxnas = () => new FoxNas(at.workbench);

  it("the Runs view says what is not read, and offers nothing that would read it", async () => {
    await at.workbench.showView("FOX-NAS");
    await welcome(at).getByText("This workspace is in Restricted Mode").waitFor({ timeout: 60_000 });
    await welcome(at).getByRole("button", { name: "Search Architecture" }).waitFor();
    expect(await welcome(at).getByRole("button", { name: "Fit Predictor from CSV" }).count()).toBe(0);
    expect(await welcome(at).getByRole("button", { name: "Evaluate Supernet" }).count()).toBe(0);
    await at.workbench.screenshot("welcome-restricted");
  });

  it("a search offers the built-in spaces alone, and finds the optimum", async () => {
    const offered = (await spaceStep(at)).join("\n");
    expect(offered).not.toContain("Somebody's space");
    expect(offered).toContain("Trust this workspace to use its files");
    await at.workbench.page.keyboard.press("Escape");
    await foxnas().search("120");
    expect(await foxnas().state(/proven optimum|No certificate/)).toContain("Reached the proven optimum");
  });

  it("the question of trust is VS Code's own; trusted, the folder's own space is offered", async () => {
    await spaceStep(at);
    await at.workbench.pick("Trust this workspace to use its files");
    await at.workbench.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click({ timeout: 60_000 });
    await expect.poll(async () => {
      const offered = await spaceStep(at);
      await at.workbench.page.keyboard.press("Escape");
      return offered.join("\n");
    }, { timeout: 60_000, interval: 1000 }).toContain("Somebody's space");
  });

  endsCleanly(at);
});

describe("a window without a folder", () => {
  const at = session({ folder: false });
  const foxnas = () => new FoxNas(at.workbench);

  it("the Runs view says what can be done all the same", async () => {
    await at.workbench.showView("FOX-NAS");
    await welcome(at).getByText("No folder is open. You can search and explain").waitFor({ timeout: 60_000 });
    expect(await welcome(at).getByRole("button", { name: "Fit Predictor from CSV" }).count()).toBe(0);
    await at.workbench.screenshot("welcome-no-folder");
  });

  it("searches, and says of Insert that it wants a folder", async () => {
    await foxnas().search("120");
    expect(await foxnas().state(/proven optimum|No certificate/)).toContain("Reached the proven optimum");
    await foxnas().panel.getByRole("button", { name: /^Insert config/ }).click();
    const told = at.workbench.notification("Files are written into a workspace folder only, and none is open.");
    await told.waitFor({ timeout: 60_000 });
    expect(await told.getByRole("button", { name: "Open Folder" }).count()).toBe(1);
  });

  endsCleanly(at);
});
