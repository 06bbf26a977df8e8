import { describe, expect, it } from "vitest";

import { periodOf } from "./period";

const now = new Date("2026-06-30T17:30:00Z"); // 1 July, 01:30 in the city
const none = { from_on: "", to_on: "" };

describe("a period", () => {
  it.each([
    ["today", "2026-07-01", "2026-07-01"], ["week", "2026-06-29", "2026-07-01"], ["month", "2026-07-01", "2026-07-01"],
    ["last_month", "2026-06-01", "2026-06-30"], ["year", "2026-01-01", "2026-07-01"], ["nonsense", "2026-07-01", "2026-07-01"],
  ])("%s is counted in the city's days", (name, from_on, to_on) => {
    expect(periodOf(name, now, none)).toEqual({ from_on, to_on });
  });

  it("may be two days of one's own, if they are days", () => {
    expect(periodOf("own", now, { from_on: "2026-02-01", to_on: "2026-02-03" }).to_on).toBe("2026-02-03");
    expect(periodOf("own", now, { from_on: "x", to_on: "2026-02-03" })).toEqual({ from_on: "2026-07-01", to_on: "2026-07-01" });
  });

  it("goes back over the year's end", () => {
    expect(periodOf("last_month", new Date("2026-01-15T02:00:00Z"), none)).toEqual({ from_on: "2025-12-01", to_on: "2025-12-31" });
  });
});
