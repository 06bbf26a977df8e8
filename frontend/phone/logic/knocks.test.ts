import { describe, expect, it } from "vitest";

import { bundleOf } from "../store/testing";
import type { Bundle, Row, Todo } from "../store/types";
import { doorsOf, plan } from "./doors";
import { knocksOf, mustWait, uses, visited } from "./knocks";

const NOW = new Date("2026-06-30T02:00:00Z"); // ten in the morning

function todo(uid: string, household: string, more: Partial<Todo> = {}): Todo {
  return {
    uid, place: "1", household, subject: "s", subject_kind: "person", lon: 111, lat: 30, minutes_expected: 10, due_at: "2026-06-30T09:00:00Z", not_before: null,
    elements: [], outcomes: [], kind: "visit", invited: false, title_zh: "探访", title_en: "Visit", ...more,
  } as unknown as Todo;
}

function row(household: string, at: string, state = "waiting"): Row {
  return { uid: at, kind: "settle", at, state, knock: household } as unknown as Row;
}

function walk(bundle: Bundle, rows: Row[] = []) {
  return plan(doorsOf(bundle, new Map(), NOW, rows), NOW, 300);
}

describe("the month's visits of a household", () => {
  it("are what the server counted and what was done here since, a day once", () => {
    const bundle = bundleOf("g", undefined, { knocks: { h: ["2026-06-03"] } });
    const days = visited(bundle, [row("h", "2026-06-03T03:00:00Z"), row("h", "2026-05-31T16:30:00Z"), row("h", "2026-06-09T03:00:00Z", "refused")]);
    expect([...(days.get("h") ?? [])].sort()).toEqual(["2026-06-01", "2026-06-03"]);
  });

  it("begin anew each month, and are the city's to say", () => {
    const may = new Set(["2026-05-02"]);
    const bundle = bundleOf("g", undefined, { visiting: { per_month: 2, opens: "09:00:00", closes: "20:00:00" } });
    expect(knocksOf(bundle, "h", may, NOW)).toMatchObject({ left: 2, today: false, inHours: true });
    expect(knocksOf(bundle, "h", may, new Date("2026-06-30T12:00:00Z"))).toMatchObject({ inHours: false });
    expect(knocksOf(bundle, "", may, NOW)).toBeUndefined();
  });

  it("used up, the door isn't walked, however urgent; it stands among what comes later", () => {
    const day = walk(bundleOf("g", undefined, { todos: [todo("a", "h"), todo("b", "i")], knocks: { h: ["2026-06-03"] } }));
    expect(day.doors.map((one) => one.household)).toEqual(["i"]);
    expect(day.later.map((one) => [one.household, one.waits])).toEqual([["h", true]]);
  });

  it("hold nothing up on a day already visited, nor where they asked for it, nor a case on site", () => {
    const bundle = bundleOf("g", undefined, { todos: [todo("a", "h")], knocks: { h: ["2026-06-30"] } });
    expect(walk(bundle).doors).toHaveLength(1);
    const asked = bundleOf("g", undefined, { todos: [todo("a", "h", { invited: true })], knocks: { h: ["2026-06-03"] } });
    expect(walk(asked).doors).toHaveLength(1);
    expect(mustWait(knocksOf(asked, "h", new Set(["2026-06-03"]), NOW))).toBe(true);
  });

  it("are used by who comes uninvited to a door, and by nobody else", () => {
    expect(uses(todo("a", "h"), false)).toBe(true);
    expect(uses(todo("a", "h"), true)).toBe(false);
    expect(uses(todo("a", "h", { invited: true }), false)).toBe(false);
    expect(uses(todo("a", "h", { kind: "office" }), false)).toBe(false);
    expect(uses(todo("a", ""), false)).toBe(false);
  });

  it("aren't known of a bundle that an earlier version kept", () => {
    const old = bundleOf("g", undefined, { todos: [todo("a", "h")] }) as Partial<Bundle>;
    delete old.visiting;
    delete old.knocks;
    expect(walk(old as Bundle).doors).toHaveLength(1);
  });
});
