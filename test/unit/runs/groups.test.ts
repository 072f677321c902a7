import fc from "fast-check";
import { expect, it } from "vitest";
import { groupsOf, GROUPS } from "../../../src/host/runs/groups.js";

const NOW = new Date(2026, 10, 26, 15, 30);
const run = (startedAt: Date | string, pinned?: boolean) => ({ record: { startedAt: typeof startedAt === "string" ? startedAt : startedAt.toISOString(), ...(pinned === undefined ? {} : { pinned }) } });
const only = (one: ReturnType<typeof run>) => groupsOf([one], NOW).map(({ id }) => id);

it("days are those of the person's clock, and a pin counts more", () => {
  expect(only(run(new Date(2026, 10, 26, 0, 0)))).toEqual(["today"]);
  expect(only(run(new Date(2026, 10, 25, 23, 59, 59)))).toEqual(["yesterday"]);
  expect(only(run(new Date(2026, 10, 25, 0, 0)))).toEqual(["yesterday"]);
  expect(only(run(new Date(2026, 10, 24, 23, 59)))).toEqual(["week"]);
  expect(only(run(new Date(2026, 10, 20, 0, 0)))).toEqual(["week"]);
  expect(only(run(new Date(2026, 10, 19, 23, 59)))).toEqual(["older"]);
  expect(only(run(new Date(2020, 0, 1), true))).toEqual(["pinned"]);
  expect(only(run(new Date(2026, 10, 26, 1), false))).toEqual(["today"]);
  expect(only(run(new Date(2026, 10, 28)))).toEqual(["today"]);
  expect(only(run("not a date"))).toEqual(["older"]);
});

it("every run is in one group, groups stand in their order, runs keep theirs", () => {
  const runs = fc.array(fc.tuple(fc.date({ min: new Date(2026, 9, 1), max: new Date(2026, 10, 27), noInvalidDate: true }), fc.boolean()).map(([date, pinned]) => run(date, pinned)));
  fc.assert(
    fc.property(runs, (all) => {
      const groups = groupsOf(all, NOW);
      expect(groups.flatMap((group) => group.runs)).toHaveLength(all.length);
      expect(groups.every((group) => group.runs.length > 0)).toBe(true);
      const places = groups.map(({ id }) => GROUPS.indexOf(id));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      for (const group of groups) {
        const order = group.runs.map((one) => all.indexOf(one));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    }),
  );
});
