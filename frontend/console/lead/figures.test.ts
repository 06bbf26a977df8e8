import { describe, expect, it } from "vitest";

import { read } from "../address";
import { serverFilter, SHAPE } from "../cases/queues";
import { narrowing, SHAPE as TODOS } from "../grid/todos";
import { blocksOf, linkOf } from "./figures";

const period = { from_on: "2026-06-01", to_on: "2026-06-30" };

describe("the figures of the cockpit", () => {
  it("are at most nine", () => {
    expect(blocksOf(period, "").flatMap((one) => one.figures).length).toBeLessThanOrEqual(9);
  });

  it.each(["", "420502002"])("open the very list that they count (area %j)", (area) => {
    for (const figure of blocksOf(period, area).flatMap((one) => one.figures)) {
      const { path, query } = linkOf(figure);
      if (figure.of === "cases") {
        expect(path).toBe("/cases");
        expect(serverFilter(read(SHAPE, query), new Set(["leader"]))).toEqual(figure.filter);
      } else if (figure.of === "todos") {
        expect(path).toBe("/todos");
        expect(narrowing(read(TODOS, query))).toEqual(figure.filter);
      } else {
        expect([path, query]).toEqual(["/entitled", figure.filter]);
      }
    }
  });
});
