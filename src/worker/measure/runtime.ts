import type * as Onnxruntime from "onnxruntime-node";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";

export type Runtime = typeof Onnxruntime;

/**
 * Loads onnxruntime: only here, since its native library costs every worker memory.
 *
 * Since 1.29 its official builds for Linux and macOS send data about models and devices to Microsoft unless this
 * variable is set before they load (microsoft/onnxruntime #27379). A search is nobody else's business, and a thread
 * that uploads disturbs what is measured.
 * @throws InputError where there is none for this platform (macOS on Intel, musl)
 */
export async function loadRuntime(): Promise<Runtime> {
  process.env["ORT_DISABLE_TELEMETRY"] = "1";
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw new InputError({
      what: t("onnxruntime cannot be loaded, so nothing can be measured on this device: {0}", reasonOf(error)),
      found: `${process.platform}-${process.arch}`,
      expected: t("Linux with glibc (x64 or arm64), Windows (x64 or arm64) or macOS on Apple silicon"),
      next: t("Search, fit, explain, insert and export work all the same, with the predictors that are there or with ones profiled on another device."),
    });
  }
}

export const runtimeVersion = ({ env }: Runtime): string => env.versions.node ?? env.versions.common;

/** @throws InputError listing the execution providers that there are */
export function requireProvider(runtime: Runtime, executionProvider: string): void {
  const names = providersOf(runtime);
  if (names.includes(executionProvider)) return;
  throw new InputError({
    what: t("onnxruntime has no such execution provider on this platform"),
    field: "executionProvider",
    found: `"${executionProvider}"`,
    expected: t("one of {0}", names.join(", ")),
  });
}

/** What the person is told when a provider is known but does not start, as CUDA without its libraries. */
export function providerProblem(runtime: Runtime, executionProvider: string, error: unknown): InputError {
  const others = providersOf(runtime).filter((name) => name !== executionProvider);
  return new InputError({
    what: t('the execution provider "{0}" does not work on this device: {1}', executionProvider, reasonOf(error)),
    field: "executionProvider",
    next: t("Take another one: {0}.", others.join(", ")),
  });
}

const providersOf = (runtime: Runtime) => runtime.listSupportedBackends().map(({ name }) => name);

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Only the first line: Node adds the stack of `require` calls.
  return message.split("\n")[0]!.replace(/\.$/, "");
}
