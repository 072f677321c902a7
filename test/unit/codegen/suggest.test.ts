import { describe, expect, it } from "vitest";
import { likeFolder, moduleFolder, namesAsClasses, numbered } from "../../../src/host/code/suggest.js";

describe("where a new module goes", () => {
  it.each([
    ["nothing is there", [], undefined, ""],
    ["beside the config, where no module is", [], "configs/", "configs/"],
    ["modules beside the config", ["a/x.py", "a/y.py", "configs/z.py"], "configs/", "configs/"],
    ["a folder for models, though the config and programs are at the root", ["train.py", "models/resnet.py"], "", "models/"],
    ["a folder for models", ["train.py", "data.py", "utils.py", "src/models/resnet.py"], "configs/", "src/models/"],
    ["the fuller of two folders for models", ["nets/a.py", "models/a.py", "models/b.py"], undefined, "models/"],
    ["most modules", ["train.py", "src/kitchen/a.py", "src/kitchen/b.py"], undefined, "src/kitchen/"],
    ["tests and set-up are no place", ["setup.py", "tests/a.py", "tests/b.py", "src/test_a.py", "src/b_test.py", "src/lib/x.py"], undefined, "src/lib/"],
    ["the shallowest of equals", ["a/b/x.py", "y.py"], undefined, ""],
    ["only tests", ["tests/a.py"], undefined, ""],
  ])("%s", (_, modules, own, folder) => {
    expect(moduleFolder(modules, own)).toBe(folder);
  });
});

it("a config goes beside the one it is made from, else where most are", () => {
  expect(likeFolder(["configs/a.foxnas.json", "configs/b.foxnas.json", "c.foxnas.json"], undefined)).toBe("configs/");
  expect(likeFolder(["configs/a.foxnas.json"], "nets/")).toBe("nets/");
  expect(likeFolder([], undefined)).toBe("");
});

it("modules are called as classes where most of their neighbours are", () => {
  expect(namesAsClasses(["nets/__init__.py", "nets/ResNet.py", "nets/MobileNet.py", "nets/utils.py"], "nets/")).toBe(true);
  expect(namesAsClasses(["nets/ResNet.py", "nets/utils.py"], "nets/")).toBe(false);
  expect(namesAsClasses(["ResNet.py"], "nets/")).toBe(false);
});

it("a taken name gets a number that Python takes, too", () => {
  expect([numbered("kitchen.py", ".py", 2), numbered("kitchen.foxnas.json", ".foxnas.json", 3)]).toEqual(["kitchen_2.py", "kitchen-3.foxnas.json"]);
});
