import { expect, it } from "vitest";

import { daysUntil, dayWord, monthName, monthWord, weekday } from "./days";

const now = new Date("2026-06-30T10:05:00+08:00");

it("days are told as people tell them, with the year only where it is another", () => {
  expect(dayWord("2026-06-12", true, now)).toBe("6月12日");
  expect(dayWord("2025-06-12", true, now)).toBe("2025年6月12日");
  expect(dayWord("2026-06-12", false, now)).toBe("12 Jun");
  expect(monthWord("2026-06", true)).toBe("2026年6月");
  expect([monthName("2026-06", true), monthName("2026-06", false)]).toEqual(["6月", "Jun"]);
});

it("a moment late in the evening elsewhere is the next day here", () => {
  expect(dayWord("2026-06-11T20:00:00Z", true, now)).toBe("6月12日");
});

it("what is left counts days of the calendar", () => {
  expect(daysUntil("2026-07-05", now)).toBe(5);
  expect(daysUntil("2026-06-30", now)).toBe(0);
  expect(daysUntil("2026-06-29", now)).toBe(-1);
});

it("the weekday is the city's", () => {
  expect(weekday(now)).toBe("tue");
  expect(weekday(new Date("2026-06-30T17:00:00Z"))).toBe("wed");
});
