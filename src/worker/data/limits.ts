/** Larger images are refused before anything is unpacked: a small file can claim any size. */
const MOST_PIXELS = 64e6;

/** @throws Error where an image has no pixels, or too many */
export function requirePixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Error(`an image of ${width} x ${height} pixels`);
  if (width * height > MOST_PIXELS) throw new Error(`an image of ${width} x ${height} pixels, more than ${MOST_PIXELS / 1e6} megapixels`);
}
