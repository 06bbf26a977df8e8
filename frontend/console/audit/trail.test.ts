import { describe, expect, it } from "vitest";

import zhHans from "../words/zh-Hans";
import { KINDS, kindsOf, trailOf } from "./trail";

describe("whose trail may be asked for", () => {
  it("is that of what somebody may open", () => {
    const clerk = new Set(["cases.see", "hub.see", "todos.see"]);
    expect(kindsOf((one) => clerk.has(one))).toEqual(["case", "todo", "feed", "delivery", "agreement"]);
    expect(kindsOf(() => false)).toEqual([]);
  });

  it("is any object's for whoever reads every trail", () => {
    expect(kindsOf((one) => one === "audit.see")).toEqual(KINDS.map((one) => one.kind));
  });

  it("has a word for each kind", () => {
    for (const { kind } of KINDS) expect(zhHans.trail.kinds).toHaveProperty(kind);
  });
});

describe("what something was done for", () => {
  it.each([
    ["todo:01a2", { kind: "todo", id: "01a2" }], ["cases:01a2", { kind: "case", id: "01a2" }], ["programme:old_age", { kind: "programme", id: "old_age" }],
  ])("%s leads to its own trail", (task, to) => expect(trailOf(task)).toEqual(to));

  it.each(["", "todo", "hub:01a2", "unknown:1"])("%s leads nowhere", (task) => expect(trailOf(task)).toBeUndefined());
});
