import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

const packagesOf = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;

/** Whether node_modules holds what package-lock.json asks for. npm keeps its own list of what it installed. */
function complete() {
  if (!existsSync(path.join(root, "node_modules/.package-lock.json"))) return false;
  const there = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(
    ([name, wanted]) => name === "" || wanted.optional || there[name]?.version === wanted.version,
  );
}

/** Checks Node's version and brings node_modules up to date. No install script runs: .npmrc says so, and so do we. */
export function installPackages() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`FOX-NAS needs Node.js 20.19 or newer; this is ${process.version}.`);
  }
  if (complete()) return;
  console.log("Installing packages (npm ci) …");
  execFileSync("npm", ["ci", "--ignore-scripts"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });
}
