import { t } from "../../shared/l10n.js";

/** Larger images are refused before anything is unpacked: a small file can claim any size. */
const MOST_PIXELS = 64e6;

/** @throws Error where an image has no pixels, or too many */
export function requirePixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Error(t("an image of {0} x {1} pixels", width, height));
  if (width * height > MOST_PIXELS) throw new Error(t("an image of {0} x {1} pixels, more than {2} megapixels", width, height, MOST_PIXELS / 1e6));
}
