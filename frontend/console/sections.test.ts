import { describe, expect, it } from "vitest";

import { homeOf, mayOpen, sectionsOf } from "./sections";

describe("who has which section", () => {
  it.each([
    ["grid_lead", "/grids"], ["leader", "/cockpit"], ["data_officer", "/feeds"], ["planner", "/planning"], ["organiser", "/admissions"],
    ["administrator", "/users"], ["acceptor", "/cases"], ["duty_chief", "/cases"], ["dispatcher", "/cases"],
    ["department_clerk", "/cases"], ["crew", "/cases"],
  ])("%s begins with the work list of the post", (role, path) => {
    expect(homeOf(new Set([role]))).toBe(path);
  });

  it("is nobody's who has no work at a desk", () => {
    expect(homeOf(new Set(["grid_worker"]))).toBeUndefined();
    expect(sectionsOf(new Set())).toEqual([]);
  });

  it("names a section once, whatever somebody is besides", () => {
    const names = sectionsOf(new Set(["department_clerk", "data_officer", "leader"])).map((one) => one.name);
    expect(names.length).toBe(new Set(names).size);
  });

  it("gives the hand-over book to the centre's desks, after their cases", () => {
    for (const role of ["acceptor", "duty_chief", "dispatcher"]) expect(sectionsOf(new Set([role])).map((one) => one.name).slice(0, 2)).toEqual(["cases", "handover"]);
    for (const role of ["department_clerk", "crew", "leader", "grid_lead"]) expect(mayOpen("handover", new Set([role]))).toBe(false);
  });

  it("keeps pages from those whose post they aren't", () => {
    expect(mayOpen("users", new Set(["administrator"]))).toBe(true);
    expect(mayOpen("users", new Set(["leader", "duty_chief", "data_officer"]))).toBe(false);
    expect(mayOpen("cases", new Set(["data_officer"]))).toBe(false);
  });

  it("lets whoever comes by a link from a thing to its trail, without a place for it in their header", () => {
    expect(mayOpen("audit", new Set(["department_clerk"]))).toBe(true);
    expect(sectionsOf(new Set(["department_clerk"])).map((one) => one.name)).not.toContain("audit");
    expect(sectionsOf(new Set(["administrator"])).map((one) => one.name)).toContain("audit");
    expect(mayOpen("audit", new Set(["grid_worker"]))).toBe(false);
    expect(mayOpen("audit", new Set(["planner", "organiser"]))).toBe(false); // they open nothing that has one
  });
});
