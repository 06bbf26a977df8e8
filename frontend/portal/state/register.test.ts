import { expect, it } from "vitest";

import { heldBy, type Register, speaksOf } from "./register";

const agreement = (department: string, direction: string, in_force = true) =>
  ({ uid: department + direction, department, direction, purpose: "p", elements: ["name"], document: "d", from_on: "2026-01-01", to_on: "2027-01-01", in_force }) as Register["agreements"][number];
const all = {
  agreements: [agreement("police", "in"), agreement("police", "out"), agreement("police", "in", false), agreement("health", "in")],
  elements: [{ code: "name", authority: "police" }, { code: "phone", authority: "" }],
} as unknown as Register;

it("a department holds what it settles and what agreements in force let it bring and take, nothing else", () => {
  const held = heldBy(all, "police");
  expect(held.settles).toEqual(["name"]);
  expect([held.brings.length, held.takes.length]).toEqual([1, 1]);
  expect(heldBy(all, "water")).toEqual({ settles: [], brings: [], takes: [] });
});

it("the search looks into every word, whatever its capitals", () => {
  expect(speaksOf(["联系电话", null], "电话")).toBe(true);
  expect(speaksOf(["Telephone"], " tele ")).toBe(true);
  expect(speaksOf(["住址"], "电话")).toBe(false);
  expect(speaksOf([], "")).toBe(true);
});
