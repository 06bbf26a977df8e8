import { describe, expect, it } from "vitest";

import { byDue, type CaseLine, dueOf, isSoon, lengthIn } from "./due";

const now = new Date("2026-06-30T02:00:00Z"); // 10:00 in the city
const line = (uid: string, due: string | null, more: Partial<CaseLine> = {}): CaseLine =>
  ({ uid, state: "handling", due_at: due, stage_due_at: null, left: due ? "剩 1 工作时" : "", late: false, ...more }) as CaseLine;

describe("an inbox by due time", () => {
  it("has late ones first, then today's, then day by day, and last what stands still", () => {
    const groups = byDue([
      line("still", null), line("thursday", "2026-07-02T02:00:00Z"), line("today", "2026-06-30T08:00:00Z"),
      line("late", "2026-06-29T08:00:00Z", { late: true }), line("tomorrow", "2026-07-01T02:00:00Z"),
    ], now);
    expect(groups.map((one) => [one.name, one.cases.map((of) => of.uid).join()])).toEqual([
      ["late", "late"], ["today", "today"], ["day", "tomorrow"], ["day", "thursday"], ["none", "still"],
    ]);
  });

  it("counts days as the city does", () => {
    expect(byDue([line("night", "2026-06-30T17:00:00Z")], now)[0]?.name).toBe("day"); // 01:00 of 1 July there
  });

  it("takes whichever clock ends first", () => {
    expect(dueOf(line("a", "2026-07-01T00:00:00Z", { stage_due_at: "2026-06-30T03:00:00Z" }))).toBe("2026-06-30T03:00:00Z");
    expect(dueOf(line("a", null))).toBeNull();
    // While it is checked on site the clock of handling stands: its end says nothing.
    expect(dueOf(line("a", "2026-06-29T00:00:00Z", { state: "to_check", stage_due_at: "2026-06-30T03:00:00Z" }))).toBe("2026-06-30T03:00:00Z");
  });

  it("is soon within two hours, and never when it is late", () => {
    expect(isSoon(line("a", "2026-06-30T03:30:00Z"), now)).toBe(true);
    expect(isSoon(line("a", "2026-06-30T05:00:00Z"), now)).toBe(false);
    expect(isSoon(line("a", "2026-06-30T01:00:00Z", { late: true }), now)).toBe(false);
  });
});

describe("a length of working time", () => {
  it("is said in the reader's language", () => {
    expect(lengthIn("en", "4 工作时")).toBe("4 working hours");
    expect(lengthIn("en", "1 工作日")).toBe("1 working day");
    expect(lengthIn("en", "2 紧急工作时")).toBe("2 urgent working hours");
    expect(lengthIn("zh-Hans", "4 工作时")).toBe("4 工作时");
  });
});
