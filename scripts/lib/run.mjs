import { spawn } from "node:child_process";

/**
 * Runs a program with this terminal and answers its exit code. Ctrl-C reaches the program by itself, being in the same
 * process group; we wait for its clean-up.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
    const ignore = () => {};
    const end = () => child.kill("SIGTERM");
    process.on("SIGINT", ignore);
    process.on("SIGTERM", end);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", end);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
