/** A label's place, its left edge and middle height in px. */
export interface Placed { x: number; y: number }
interface Box { left: number; right: number; top: number; bottom: number }

/** Mean width of a character and height of a line at 11 px. */
const CHARACTER = 6.2;
const LINE = 13;

const apart = (a: Box, b: Box): boolean => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

const around = ({ x, y }: Placed, by: number): Box => ({ left: x - by, right: x + by, top: y - by, bottom: y + by });

/** Points every few px of the line. */
function alongLine(points: readonly Placed[]): Placed[] {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i]!;
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 6);
    return Array.from({ length: steps }, (_, step) => ({ x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps }));
  });
}

/**
 * Sets a label beside each point so that none covers another, a point or one of the lines, by default that through the
 * points: the first of eight places that is free and inside the frame. A label without one is null: the table has it.
 */
export function placeLabels(points: readonly { x: number; y: number; text: string }[], frame: Box, lines: readonly (readonly Placed[])[] = [points]): (Placed | null)[] {
  const taken: Box[] = [...points.map((point) => around(point, 5)), ...lines.flatMap(alongLine).map((point) => around(point, 1))];
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
