// Makes the platform's .vsix: production bundles, media, and onnxruntime's CPU binaries of one target only.
//
//   node scripts/package.mjs [--target linux-x64] [--out FILE]
//
// The package is then unpacked into a clean folder and onnxruntime-node loaded from it: a packaged extension may
// miss a file that the development one finds. Sizes are printed.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { readZip } from "@vscode/vsce/out/zip.js";
import { root } from "./lib/paths.mjs";

const { values: flags } = parseArgs({ options: { target: { type: "string" }, out: { type: "string" } } });
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const here = `${process.platform}-${process.arch}`;
const target = flags.target ?? here;
const out = path.resolve(root, flags.out ?? `${manifest.name}-${target}-${manifest.version}.vsix`);
const MB = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;

/** Folders of onnxruntime-node's native binaries for the target, e.g. `bin/napi-v6/linux/x64`. */
function binaryFolders() {
  const bin = path.join(root, "node_modules/onnxruntime-node/bin");
  const [platform, arch] = target.split("-");
  const folders = readdirSync(bin)
    .map((abi) => path.join(abi, platform, arch))
    .filter((folder) => existsSync(path.join(bin, folder)));
  if (folders.length === 0) {
    throw new Error(`onnxruntime-node has no binaries for ${target} under node_modules/onnxruntime-node/bin.`);
  }
  return folders;
}

/**
 * The top's allow-list plus the target's binding and CPU library. CUDA, TensorRT and DirectML providers, which an
 * install script may have put beside them, stay out: they are separate files that the CPU provider never opens.
 */
function ignoreFile(folder) {
  const lines = binaryFolders().flatMap((dir) =>
    ["onnxruntime_binding.node", "libonnxruntime.so*", "libonnxruntime*.dylib", "onnxruntime.dll"].map(
      (file) => `!node_modules/onnxruntime-node/bin/${dir.split(path.sep).join("/")}/${file}`,
    ),
  );
  const file = path.join(folder, "vscodeignore");
  writeFileSync(file, `${readFileSync(path.join(root, ".vscodeignore"), "utf8")}${lines.join("\n")}\n`);
  return file;
}

/** Unpacks the .vsix into a clean folder and loads what the worker will load. */
async function proveLoads(folder) {
  const unpacked = path.join(folder, "unpacked");
  for (const [name, content] of await readZip(out, () => true)) {
    const file = path.join(unpacked, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const from = path.join(unpacked, "extension/node_modules/onnxruntime-node");
  const script = `const ort = require(${JSON.stringify(from)}); if (typeof ort.InferenceSession.create !== "function") throw new Error("no InferenceSession"); ort.listSupportedBackends && console.log(ort.listSupportedBackends().map((b) => b.name).join(", "));`;
  // A folder outside the repository: nothing may be found in our own node_modules.
  const backends = execFileSync(process.execPath, ["-e", script], { cwd: unpacked, encoding: "utf8", env: { ...process.env, ORT_DISABLE_TELEMETRY: "1" } }).trim();
  console.log(`  onnxruntime-node loads from the unpacked package (backends: ${backends})`);
  await WebAssembly.compile(readFileSync(path.join(unpacked, "extension/dist/mozjpeg_dec.wasm")));
  console.log("  the worker's JPEG decoder compiles from the unpacked package");
}

execFileSync(process.execPath, [path.join(root, "scripts/build.mjs"), "--production"], { stdio: "inherit" });
const scratch = mkdtempSync(path.join(tmpdir(), "foxnas-package-"));
try {
  rmSync(out, { force: true });
  await createVSIX({
    cwd: root,
    packagePath: out,
    // vsce knows the names of VS Code's targets; they are process.platform-process.arch for all we ship.
    target,
    ignoreFile: path.relative(root, ignoreFile(scratch)),
    // `npm list` names the packages whose files the allow-list then picks from.
    dependencies: true,
    useYarn: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  console.log(`  ${path.basename(out)}  ${MB(statSync(out).size)}`);
  if (target === here) await proveLoads(scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
