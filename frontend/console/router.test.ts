import { describe, expect, it } from "vitest";

import { guard } from "./router";

const to = (name: string, path: string, section?: string) => ({ name, path, fullPath: path, meta: { section } });

describe("the way to a page", () => {
  it("leads through signing in, and on to what was asked for", () => {
    expect(guard(to("cases", "/cases?state=to_file", "cases"), false, new Set())).toEqual({ name: "sign-in", query: { next: "/cases?state=to_file" } });
    expect(guard(to("home", "/"), false, new Set())).toEqual({ name: "sign-in", query: {} });
  });

  it("leads whoever begins to the work list of the post", () => {
    expect(guard(to("home", "/"), true, new Set(["dispatcher"]))).toEqual({ path: "/cases" });
    expect(guard(to("home", "/"), true, new Set(["grid_worker"]))).toBe(true);
    expect(guard(to("sign-in", "/sign-in"), true, new Set(["dispatcher"]))).toEqual({ path: "/" });
  });

  it("ends where the page isn't part of the post", () => {
    expect(guard(to("users", "/users", "users"), true, new Set(["administrator"]))).toBe(true);
    expect(guard(to("users", "/users", "users"), true, new Set(["dispatcher"]))).toMatchObject({ name: "not-yours" });
  });
});
