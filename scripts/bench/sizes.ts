import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { packageTo } from "./build.js";
import { root } from "./root.js";
import { KiB, MiB, table } from "./table.js";

export interface Sizes {
  readonly bundles: readonly { readonly file: string; readonly bytes: number; readonly gzipBytes: number }[];
  readonly vsix: { readonly platform: string; readonly bytes: number };
}

/** Packages the extension into a scratch folder, and weighs what it ships. */
export async function measureSizes(): Promise<Sizes> {
  const scratch = mkdtempSync(path.join(tmpdir(), "foxnas-bench-"));
  try {
    const vsix = path.join(scratch, "fox-nas.vsix");
    await packageTo(vsix);
    const platform = `${process.platform}-${process.arch}`;
    return { bundles: bundles(), vsix: { platform, bytes: statSync(vsix).size } };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function bundles(): Sizes["bundles"] {
  const dist = path.join(root, "dist");
  const files = readdirSync(dist).filter((file) => /\.(js|css)$/.test(file));
  return files.map((file) => {
    const content = readFileSync(path.join(dist, file));
    return { file: `dist/${file}`, bytes: content.length, gzipBytes: gzipSync(content).length };
  });
}

export function printSizes({ bundles, vsix }: Sizes): void {
  console.log("  Production bundles, which dist/ now holds\n");
  console.log(table(["file", "raw", "gzip"], bundles.map(({ file, bytes, gzipBytes }) => [file, KiB(bytes), KiB(gzipBytes)])));
  console.log(`\n  .vsix for ${vsix.platform}, onnxruntime's CPU binaries included: ${MiB(vsix.bytes)}`);
}
