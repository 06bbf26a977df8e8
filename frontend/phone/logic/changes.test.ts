import { describe, expect, it } from "vitest";

import type { BundlePerson } from "../store/types";
import { envelopes } from "./changes";
import { birthday, fault, proves, sexOf } from "./newcomers";

const WHO = { uid: "p", version: 7, lives_here: true } as unknown as BundlePerson;
const NUMBER = "11010519491231002X";

describe("what a change says", () => {
  it.each([
    ["moved", ["departure:living"]], ["out", ["departure:registered"]], ["came", ["residence:living"]], ["let", ["residence:tenant", "residence:living"]],
    ["died", ["observation:death_date", "departure:living"]],
  ] as const)("%s", (change, said) => {
    const found = envelopes(change, WHO, "d", "2026-06-30").map((one) => `${one.kind}:${"relation" in one ? one.relation : "element" in one ? one.element : ""}`);
    expect(found).toEqual(said);
  });

  it("who died elsewhere leaves no door here", () => {
    expect(envelopes("died", { ...WHO, lives_here: false }, "d", "2026-06-30")).toHaveLength(1);
  });
});

describe("somebody new", () => {
  it("has a number that proves itself and says birthday and sex", () => {
    expect([proves(NUMBER), proves("110105194912310021"), birthday(NUMBER), sexOf(NUMBER)]).toEqual([true, false, "1949-12-31", "2"]);
  });

  const person = { name: "赵海燕", birth_date: "1949-12-31", id_kind: "resident_id", id_number: NUMBER };
  it.each([
    ["", person], ["badNumber", { ...person, id_number: "110105194912310021" }], ["otherBirthday", { ...person, birth_date: "1950-01-01" }],
    ["short", { ...person, name: "" }], ["future", { name: "王小宝", birth_date: "2026-07-02" }], ["", { ...person, id_kind: "passport", id_number: "E1234567" }], ["", { name: "王小宝", birth_date: "2026-06-29" }],
  ])("is told %s while the papers are at hand", (wrong, values) => {
    expect(fault("moved_in", values, "2026-06-30")).toBe(wrong);
  });
});
