import { afterEach, describe, expect, it } from "vitest";

import { brief, calendar, day, formatted, hour, moment, setZone } from ".";

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

  it.each(["Asia/Shanghai", "Asia/Urumqi"])("is counted in %s as the browser tells it, every year since the clocks stand", (zone) => {
    setZone(zone);
    for (let at = Date.UTC(1991, 11, 31, 12); at < Date.UTC(2045, 0); at += 31 * 3_600_000 + 61_000) {
      const said = formatted(new Date(at));
      expect(moment(new Date(at))).toBe(`${said.year}-${said.month}-${said.day} ${said.hour}:${said.minute}`);
    }
  });

  it("of a summer in which the clocks were changed is told by the browser", () => {
    expect(moment("1988-07-01T00:00:00Z")).toBe("1988-07-01 09:00");
  });

  it("that is none is refused, counted or not", () => {
    expect(() => moment("soon")).toThrow(RangeError);
  });
});
