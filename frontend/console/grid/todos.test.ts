import { describe, expect, it } from "vitest";

import { read } from "../address";
import { narrowing, SHAPE } from "./todos";

describe("the filter of to-dos", () => {
  it("is what is open, unless a state is named", () => {
    expect(narrowing(read(SHAPE, {}))).toEqual({ state: "open" });
    expect(narrowing(read(SHAPE, { state: "settled", settled_from: "2026-07-31" }))).toEqual({ state: "settled", settled_from: "2026-07-31" });
  });

  it("asks for every state where any is meant, and for no page", () => {
    expect(narrowing(read(SHAPE, { state: "any", created_to: "2026-07-31", page: "3", size: "100" }))).toEqual({ state: "", created_to: "2026-07-31" });
  });

  it("asks for what is overdue only where that is said", () => {
    expect(narrowing(read(SHAPE, { overdue: "true", department: "health" }))).toEqual({ state: "open", overdue: true, department: "health" });
    expect(narrowing(read(SHAPE, { overdue: "false" }))).toEqual({ state: "open" });
  });
});
