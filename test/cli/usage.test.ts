import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cli, file, FOLDER, json } from "./program.js";

describe("help and version", () => {
  it("go to stdout with exit code 0", async () => {
    const help = await cli("--help");
    expect(help.code).toBe(0);
    for (const command of ["search", "front", "fit", "predict", "check", "export", "evaluate", "device"]) {
      expect(help.stdout).toContain(`\n  ${command}`);
      const one = await cli(command, "--help");
      expect(one.code).toBe(0);
      expect(one.stdout).toContain(`usage: fox-nas ${command}`);
      expect(one.stdout).toContain("--json");
      expect(one.stderr).toBe("");
    }
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect((await cli("--version")).stdout).toBe(`${version}\n`);
  });
});

describe("bad usage: exit code 2, one line and where to read more", () => {
  it.each([
    ["no command", [], "a command is missing", "fox-nas --help"],
    ["an unknown command", ["serch"], 'unknown command "serch"', "fox-nas --help"],
    ["an unknown option", ["search", "--budgett", "3"], "Unknown option '--budgett'", "fox-nas search --help"],
    ["a missing option", ["front", "--space", "foxnas-cpu"], "--accuracy ID|FILE is missing", "fox-nas front --help"],
    ["an option without its value", ["front", "--space"], "--space", "fox-nas front --help"],
    ["an option twice", ["front", "--space", "a", "--space", "b"], "--space is given 2 times", "fox-nas front --help"],
    ["a stray argument", ["device", "now"], "Unexpected argument 'now'", "fox-nas device --help"],
    ["a budget that is no number", ["search", "--space", "s", "--accuracy", "a", "--latency", "l", "--budget", "12O"], '--budget: found "12O"', "fox-nas search --help"],
    ["a seed below 0", ["search", "--space", "s", "--accuracy", "a", "--latency", "l", "--budget", "1", "--seed=-1"], "--seed", "fox-nas search --help"],
    ["an unknown target", ["fit", "--samples", "s", "--space", "s", "--target", "speed", "--form", "f"], "accuracy or latency", "fox-nas fit --help"],
    ["an unknown format", ["export", "--config", "c", "--format", "caffe", "--out", "o"], '--format: found "caffe", expected json or yaml or python or pytorch or keras', "fox-nas export --help"],
  ])("%s", async (_, args, message, next) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.split("\n")).toHaveLength(3);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`Try: ${next}`);
  });
});

describe("bad input: exit code 2, and the message names the file", () => {
  it.each([
    ["a space that is none", ["front", "--space", "nope", "--accuracy", "a", "--latency", "l"], "nope", "foxnas-cpu, foxnas-cpu-relu, foxnas-tpu, ofa-mbv3"],
    ["a folder", ["export", "--config", FOLDER, "--format", "json", "--out", "o"], FOLDER, "this is a folder"],
    ["no file", ["export", "--config", "no.json", "--format", "json", "--out", "o"], "no.json", "no such file"],
  ])("%s", async (_, args, named, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(named);
    expect(stderr).toContain(message);
  });

  it("a file that is no text, and a config with a mistake, by line and field", async () => {
    writeFileSync(file("latin.json"), Buffer.from([0x7b, 0xe9, 0x7d]));
    expect((await cli("export", "--config", "latin.json", "--format", "json", "--out", "o")).stderr).toContain("not UTF-8");
    writeFileSync(file("bad.foxnas.json"), '{"version": 1,\n "space": 3}');
    const { error } = await json<{ error: Record<string, unknown> }>(2, "export", "--config", "bad.foxnas.json", "--format", "json", "--out", "o");
    expect(error).toMatchObject({ file: "bad.foxnas.json", line: 2, field: "space", found: "3", expected: "string" });
  });

  it("a config never makes the program open a file it names as its space", async () => {
    writeFileSync(file("other.json"), '{"secret": 1}');
    writeFileSync(file("sly.foxnas.json"), JSON.stringify({ version: 1, space: "other.json", resolution: 32, stages: [{ width: 8, blocks: [{ expand: 1, kernel: 3 }] }] }));
    const { code, stderr } = await cli("export", "--config", "sly.foxnas.json", "--format", "json", "--out", "o");
    expect(code).toBe(2);
    expect(stderr).toContain("there is no built-in space of this name");
    expect(stderr).not.toContain("secret");
  });
});

describe("device", () => {
  it("says what the machine offers", async () => {
    const device = await json<{ cores: number; platform: string; node: string }>(0, "device");
    expect(device.cores).toBeGreaterThan(0);
    expect(device.platform).toContain(process.platform);
    const { code, stdout } = await cli("device");
    expect(code).toBe(0);
    expect(stdout).toContain(`Node.js ${device.node}`);
  });
});
