import { afterEach, describe, expect, it } from "vitest";

import { brief, calendar, day, hour, moment, setZone } from ".";

afterEach(() => setZone("Asia/Shanghai"));

describe("a moment, as the city writes it", () => {
  const late = "2026-07-31T23:05:00+08:00";

  it("is told in the city's zone, whatever the machine's", () => {
    expect([day(late), hour(late), moment(late)]).toEqual(["2026-07-31", "23:05", "2026-07-31 23:05"]);
    setZone("Asia/Urumqi");
    expect(moment(late)).toBe("2026-07-31 21:05");
  });

  it("is as short as a list allows", () => {
    const now = new Date("2026-07-31T15:30:00Z");
    expect(brief(late, now)).toBe("23:05");
    expect(brief("2026-07-30T08:00:00+08:00", now)).toBe("07-30 08:00");
    expect(brief("2025-12-31T08:00:00+08:00", now)).toBe("2025-12-31");
  });

  it("has a weekday that is the city's too", () => {
    expect(calendar("2026-07-31T17:00:00Z")).toEqual({ month: 8, day: 1, weekday: 6 });
  });
});
