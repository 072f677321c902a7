/** A label's place, its left edge and middle height in px. */
export interface Placed { x: number; y: number }
interface Box { left: number; right: number; top: number; bottom: number }

/** Mean width of a character and height of a line at 11 px. */
const CHARACTER = 6.2;
const LINE = 13;

const apart = (a: Box, b: Box): boolean => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

/**
 * Sets a label beside each point so that none covers another or a point: the first of eight places that is free and
 * inside the frame. A label without one is null: the table has it.
 */
export function placeLabels(points: readonly { x: number; y: number; text: string }[], frame: Box): (Placed | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
  return points.map(({ x, y, text }) => {
    const width = text.length * CHARACTER;
    const places = [[9, 0], [-width - 9, 0], [-width / 2, -15], [-width / 2, 15], [7, -14], [7, 14], [-width - 7, -14], [-width - 7, 14]] as const;
    for (const [dx, dy] of places) {
      const box = { left: x + dx, right: x + dx + width, top: y + dy - LINE / 2, bottom: y + dy + LINE / 2 };
      const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
      if (!inside || !taken.every((other) => apart(box, other))) continue;
      taken.push(box);
      return { x: box.left, y: y + dy };
    }
    return null;
  });
}
