import { describe, expect, it } from "vitest";

import { shares } from "../state/acts";
import { bundleOf } from "../store/testing";
import type { BundlePerson, Todo } from "../store/types";
import { offered } from "./choices";
import { doorName, doorsOf, near, plan } from "./doors";
import { left } from "./due";
import { gridAt } from "./ground";
import { needsValues, sortedOutcomes } from "./outcomes";
import { householdsOf, masked, search } from "./people";
import { fitted } from "./photo";
import { staleOf } from "./stale";
import { split } from "./titles";
import { metres, order } from "./walk";

const NOW = new Date("2026-06-30T02:00:00Z");

function todo(uid: string, place: string, due: string | null, more: Partial<Todo> = {}): Todo {
  return {
    uid, place, household: "", subject: "s", subject_kind: "person", lon: 111 + Number(place) / 1000, lat: 30, minutes_expected: 30,
    due_at: due, not_before: null, elements: [], outcomes: [], kind: "service", title_zh: "高龄津贴（代办）", title_en: "Allowance", ...more,
  } as unknown as Todo;
}

function walkOf(todos: Todo[], budget: number) {
  return plan(doorsOf(bundleOf("g", undefined, { todos }), new Map(), NOW), NOW, budget);
}

describe("today's walk", () => {
  it("begins with what is due by tomorrow, in that order, whatever the minutes", () => {
    const day = walkOf([todo("a", "1", null), todo("b", "9", "2026-06-30T09:00:00Z"), todo("c", "2", "2026-06-30T05:00:00Z")], 10);
    expect(day.doors.map((one) => one.place)).toEqual(["2", "9"]);
    expect(day.later.map((one) => one.place)).toEqual(["1"]);
  });

  it("fills up with what lies nearest, until the minutes are used up; the rest is not hidden", () => {
    const day = walkOf([todo("a", "1", "2026-07-01T01:00:00Z"), todo("b", "30", null), todo("c", "2", null), todo("d", "3", null)], 110);
    expect(day.doors.map((one) => one.place)).toEqual(["1", "2", "3"]);
    expect(day.later.map((one) => one.place)).toEqual(["30"]);
    expect([day.matters, day.metres > 0, day.minutes >= 90]).toEqual([3, true, true]);
  });

  it("puts matters of one door together, the most urgent first, and leaves what must wait", () => {
    const doors = doorsOf(bundleOf("g", undefined, {
      todos: [todo("a", "1", "2026-08-01T00:00:00Z"), todo("b", "1", "2026-07-01T00:00:00Z"), todo("c", "1", null, { not_before: "2026-07-02T00:00:00Z" })],
    }), new Map(), NOW);
    expect(doors.map((one) => one.matters.map((matter) => matter.todo.uid))).toEqual([["b", "a"]]);
  });

  it("is never empty while something is open, however long it takes", () => {
    expect(walkOf([todo("a", "1", null)], 1).doors).toHaveLength(1);
  });

  it("goes on to the nearest", () => {
    const at = (lon: number) => ({ lon, lat: 30 });
    expect(order([at(0)], [at(3), at(1), at(2)]).map((one) => one.lon)).toEqual([0, 1, 2, 3]);
    expect(metres(at(111), at(111.01))).toBeCloseTo(963, 0);
  });
});

describe("people", () => {
  it.each([["王秀兰", "王*兰"], ["王明", "王*"], ["欧阳秀兰", "欧**兰"], ["王", "王"], [null, ""]])("%s is shown as %s", (name, shown) => {
    expect(masked(name)).toBe(shown);
  });

  it("are asked for their sex as people say it: of the two codes for not knowing one is enough", () => {
    const sexes = [["0", "未知"], ["1", "男"], ["2", "女"], ["9", "未说明"]] as [string, string][];
    expect(offered("sex", sexes).map(([, word]) => word)).toEqual(["男", "女", "未说明"]);
    expect(offered("id_kind", sexes)).toEqual(sexes);
  });

  it("stand behind their doors with who is here and who is not, and are found by all that is typed", () => {
    const person = (uid: string, household: string | null, name: string) => ({ uid, household, name, ask: ["phone"], unconfirmed: ["phone"], relation_to_head: "", birth_year: "1970" }) as unknown as BundlePerson;
    const dwelling = { uid: "d", address: "学院街18号", entrance: "2", door: "501", compound: "学苑", plate: "P1" };
    const bundle = bundleOf("g");
    Object.assign(bundle.held, {
      dwellings: [dwelling], households: [{ uid: "h", dwelling: "d" }], people: [person("a", "h", "王秀兰"), person("b", null, "李强")],
      relations: [
        { person: "a", dwelling: "d", relation: "living" }, { person: "a", dwelling: "d", relation: "registered" }, { person: "b", dwelling: "d", relation: "registered" },
      ],
    });
    const [home] = householdsOf(bundle);
    expect(home!.address).toBe("学院街18号 2单元501");
    expect(home!.people.map((one) => [one.person.uid, one.presence])).toEqual([["a", "here"], ["b", "moved_out"]]);
    expect(home!.stale).toBe(2);
    expect(search([home!], "学院 秀兰")).toHaveLength(1);
    expect(search([home!], "学院 张三")).toHaveLength(0);
  });

  it("are asked what is stale, once", () => {
    const one = { uid: "a", ask: ["phone", "living_address"], unconfirmed: ["phone"], phone: "138****5521" } as unknown as BundlePerson;
    expect(staleOf(one, new Set()).map(({ element, why, confirmable }) => [element, why, confirmable])).toEqual([
      ["phone", "unconfirmed", true], ["living_address", "notFresh", false],
    ]);
    expect(staleOf(one, new Set(["a/phone"])).map(({ element }) => element)).toEqual(["living_address"]);
  });
});

describe("a door", () => {
  const outcomes = ["settled", "not_needed", "not_at_home", "moved_away", "mismatch"].map((code) => ({ code, zh: code, en: code, ends: true }));

  it("keeps the outcomes of a matter apart from those of everybody there", () => {
    const found = sortedOutcomes(todo("a", "1", null, { outcomes, household: "h" }));
    expect([found.main.code, found.plain.map((one) => one.code), found.told.map((one) => one.code), found.door.map((one) => one.code)]).toEqual([
      "settled", ["not_needed"], ["mismatch"], ["not_at_home", "moved_away"],
    ]);
  });

  it("asks for values only where they were found out", () => {
    const asked = todo("a", "1", null, { elements: ["phone"], outcomes });
    expect(outcomes.map((one) => needsValues(asked, one))).toEqual([true, false, false, false, false]);
  });

  it("shares out the minutes of a visit, each at least one, none lost", () => {
    expect(shares(25 * 60_000, 3)).toEqual([8, 8, 9]);
    expect(shares(10_000, 2)).toEqual([1, 1]);
  });

  it.each([["高龄津贴（代办）", "高龄津贴", "代办"], ["Allowance (done on behalf)", "Allowance", "done on behalf"], ["核实联系电话", "核实联系电话", ""], ["（测试）", "（测试）", ""]])(
    "%s is %s, %s", (title, what, mode) => expect(split(title)).toEqual({ what, mode }));

  it("is named by number, entrance and door", () => {
    expect(doorName({ address: "学院街18号", entrance: "", door: "101" })).toBe("学院街18号 101");
  });
});

it.each([
  ["2026-06-30T03:30:00Z", "left", "hours", 1, true], ["2026-07-05T02:00:00Z", "left", "days", 5, false],
  ["2026-06-28T01:00:00Z", "over", "days", 2, false], ["2026-06-30T01:58:00Z", "over", "minutes", 2, false], [null, "none", "days", 0, false],
])("due %s is told as people tell it", (due, kind, unit, n, soon) => {
  expect(left(due, NOW)).toMatchObject({ kind, unit, n, soon });
});

it("a point is found in the grid that holds it, and a building next to it", () => {
  const bundle = bundleOf("g1");
  const square = (west: number) => [[[west, 30], [west + 1, 30], [west + 1, 31], [west, 31], [west, 30]]];
  bundle.ground.sketch = {
    version: "", bounds: [110, 30, 112, 31],
    features: [[110, "g1", "第1网格"], [111, "g2", "第2网格"]].map(([west, code, name]) => ({
      type: "Feature", geometry: { type: "Polygon", coordinates: square(west as number) }, properties: { kind: "grid", code, name },
    })),
  };
  bundle.ground.buildings = [{ place: "p", address: "学院街18号", lon: 110.5, lat: 30.5 }];
  expect(gridAt(bundle.ground, 110.5, 30.5)).toEqual({ code: "g1", name: "第1网格", own: true });
  expect(gridAt(bundle.ground, 111.5, 30.5).own).toBe(false);
  expect(gridAt(bundle.ground, 113, 30.5).code).toBe("");
  expect(near(bundle, { lon: 110.5005, lat: 30.5 })).toBe("学院街18号");
  expect(near(bundle, { lon: 110.51, lat: 30.5 })).toBeUndefined();
});

it("a photo fits, and is never made larger", () => {
  expect(fitted(4000, 3000)).toEqual([1280, 960]);
  expect(fitted(600, 800)).toEqual([600, 800]);
});
