import { readFileSync } from "node:fs";

/**
 * Bits of int8 weights: 7 on x86 without VNNI, whose u8 x s8 products saturate at 16 bits; 8 elsewhere. Where the system
 * does not tell (x86 without Linux) it is 7, which is right on both.
 */
export function weightBitsHere(arch: string = process.arch, cpuInfo: () => string = readCpuInfo): 7 | 8 {
  if (arch !== "x64" && arch !== "ia32") return 8;
  return /\b(avx512_vnni|avx_vnni)\b/.test(cpuInfo()) ? 8 : 7;
}

function readCpuInfo(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}
