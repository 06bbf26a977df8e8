import { describe, expect, it } from "vitest";

import { apart } from "./apart";
import type { Spot } from "./types";

const BOX = { width: 360, height: 112 };
const nearest = (marks: Spot[]): number =>
  Math.min(...marks.flatMap((one, n) => marks.slice(n + 1).map((other) => Math.hypot(one[0] - other[0], one[1] - other[1]))));

describe("marks that would cover each other", () => {
  it("stand side by side, in the box", () => {
    const crowd: Spot[] = [[150, 50], [160, 55], [170, 40], [155, 70], [180, 60], [165, 48], [150, 50]];
    const moved = apart(crowd, 28, BOX, 14);
    expect(nearest(crowd)).toBe(0);
    expect(nearest(moved)).toBeGreaterThan(24);
    expect(moved.every(([x, y]) => x >= 14 && x <= 346 && y >= 14 && y <= 98)).toBe(true);
  });

  it("stay where they are if there is room", () => {
    const spots: Spot[] = [[20, 20], [100, 60], [300, 90]];
    expect(apart(spots, 28, BOX, 14)).toEqual(spots);
  });
});
