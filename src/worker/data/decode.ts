import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import { decodeJpeg } from "./jpeg.js";
import { decodePng } from "./png.js";
import { reading } from "./reading.js";
import type { Pixels } from "./types.js";

/**
 * Decodes a JPEG or PNG, told apart by their first bytes, to RGB as Pillow's `convert("RGB")` does: grey is repeated,
 * alpha dropped; orientation tags are not looked at, as torchvision's ImageFolder does not either.
 * @throws InputError naming the file
 */
export function decodeImage(data: Uint8Array, file: string): Promise<Pixels> {
  const next = t("Replace the image, or take it out of the folder.");
  return reading(
    file,
    async () => {
      if (data[0] === 0xff && data[1] === 0xd8) return decodeJpeg(data);
      if (data[0] === 0x89 && data[1] === 0x50) return decodePng(data);
      throw new InputError({ what: t("no JPEG or PNG image, whatever its name says"), file, found: data.length === 0 ? t("an empty file") : t("other bytes at its beginning"), next });
    },
    next,
  );
}
