import { NetworkError } from "../onnx/errors.js";
import type { Network } from "../onnx/network.js";
import { networkOf } from "../onnx/space.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import { InputError } from "../shared/errors.js";
import { t } from "../shared/l10n.js";
import type { Space } from "../shared/space.js";
import { toldExpected, toldFault } from "../shared/toldFault.js";

/**
 * The network of a config of this very space.
 * @param file the config's, for the error
 * @throws InputError where the config names another space, or makes a choice that the space does not have: its `field` is the choice's
 */
export function networkOfConfig(config: ArchitectureConfig, space: Space, file: string): Network {
  if (config.space !== space.id) {
    throw new InputError({
      what: t("the config belongs to another search space"),
      file,
      field: "space",
      found: JSON.stringify(config.space),
      expected: JSON.stringify(space.id),
      next: t("Give the space that the config names."),
    });
  }
  try {
    return networkOf(space, config.stages, { resolution: config.resolution });
  } catch (error) {
    if (error instanceof NetworkError) throw outsideSpace(error.message, space, file);
    throw error;
  }
}

/** `stages[0].blocks[1].kernel: found 4, expected one of 3, 5, 7.` as an error with its parts. */
function outsideSpace(message: string, { id }: Space, file: string): InputError {
  const parts = /^(stages(?:\[\d+\])?[\w.[\]]*)(?:, (their number))?: found (.+?), expected (.+?)\.?$/.exec(message);
  const next = t("Change it, or write the config for another space.");
  if (parts === null) return new InputError({ what: t("the architecture lies outside the space {0}: {1}", id, toldFault(message)), file, next });
  const [, field, number, found, expected] = parts;
  const what = number === undefined ? t("the architecture lies outside the space {0}", id) : t("the architecture lies outside the space {0} (their number)", id);
  return new InputError({ what, file, field, found, expected: toldExpected(expected!), next });
}
