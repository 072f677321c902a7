import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const onPath = (name) => (process.env.PATH ?? "").split(path.delimiter).some((dir) => existsSync(path.join(dir, name)));

/** Programs that some tests need and npm does not bring. */
const programs = [
  {
    name: "Chromium",
    packages: ["chromium"],
    there: () => Boolean(process.env.CHROMIUM) || ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].some(onPath),
    for: "end-to-end tests in real VS Code",
    endToEnd: true,
  },
  { name: "ripgrep", packages: ["ripgrep"], there: () => onPath("rg"), for: "end-to-end tests in real VS Code", endToEnd: true },
  { name: "R", packages: ["r-base-core"], there: () => onPath("Rscript"), for: "comparison of the fits with R's lm", endToEnd: false },
  { name: "Python's onnx", packages: ["python3-onnx"], there: () => pythonImports("onnx"), for: "onnx.checker on the models we write", endToEnd: false },
  {
    name: "PyTorch",
    packages: ["python3-torch", "python3-torchvision"],
    there: () => pythonImports("torch, torchvision"),
    for: "comparison of subnets and generated code with PyTorch, and the training kit",
    endToEnd: false,
  },
];

/** Debian's own Python has them, which need not be the first on the path. */
function pythonImports(modules) {
  return ["python3", "/usr/bin/python3"].some((python) => {
    try {
      execFileSync(python, ["-c", `import ${modules}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

export const missingPrograms = () => programs.filter((program) => !program.there());

/**
 * Installs what is missing with apt-get, where that is possible (Debian or Ubuntu, as root), and says loudly what
 * stays missing and which tests therefore do not run.
 */
export function installPrograms() {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  const packages = missing.flatMap((program) => program.packages);
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = { stdio: ["ignore", "ignore", "inherit"], env };
    console.log(`Installing ${packages.join(", ")} (apt-get) …`);
    try {
      execFileSync("apt-get", ["update", "-q"], options);
      execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options);
    } catch (error) {
      console.warn(`apt-get failed: ${error.message}`);
    }
  }
  for (const program of missingPrograms()) {
    console.warn(`\n!! ${program.name} is missing (Debian: ${program.packages.join(", ")}). These tests do NOT run: ${program.for}.\n`);
  }
}
