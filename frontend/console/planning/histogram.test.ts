import { describe, expect, it } from "vitest";

import { binsOf, spreadOf } from "./histogram";

describe("grids by their households", () => {
  it("are all counted, and each in the part of the band where it is", () => {
    const households = [268, 300, 353, 499, 500, 506, 540];
    const bins = binsOf(households, 300, 500);
    expect(bins.reduce((sum, one) => sum + one.count, 0)).toBe(households.length);
    const of = (kind: string): number => bins.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.count, 0);
    expect([of("under"), of("in"), of("over")]).toEqual([1, 4, 2]);
  });

  it("cover the band even where no grid is", () => {
    const bins = binsOf([310], 300, 500);
    expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([300, 500]);
    expect(binsOf([], 300, 500)).toEqual([]);
  });
});

describe("the balance of grids", () => {
  it("is nothing where all are alike, and a deviation in per cent of the mean elsewhere", () => {
    expect(spreadOf([])).toBe(0);
    expect(spreadOf([400, 400])).toBe(0);
    expect(spreadOf([300, 500])).toBe(25);
  });
});
