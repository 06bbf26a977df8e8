import { describe, expect, it } from "vitest";

import { bigOf, bigs, smallsOf } from "./classes";

const line = (code: string, big: string, name: string) => ({ code, kind: code.startsWith("P") ? "part" : "event", big_zh: big, big_en: big, name_zh: name, name_en: name });
const catalogue = [line("P0102", "公用设施", "污水井盖"), line("E0101", "市容环境", "暴露垃圾"), line("P0101", "公用设施", "上水井盖"), line("P0201", "道路交通", "路灯")];

describe("classes in two levels", () => {
  it("has each big class once, parts and events apart", () => {
    expect(bigs(catalogue).map((one) => [one.code, one.kind, one.zh])).toEqual([
      ["E01", "event", "市容环境"], ["P01", "part", "公用设施"], ["P02", "part", "道路交通"],
    ]);
  });

  it("has the small ones within the chosen big one only", () => {
    expect(smallsOf(catalogue, "P01").map((one) => one.code)).toEqual(["P0101", "P0102"]);
    expect(smallsOf(catalogue, "")).toEqual([]);
  });

  it("finds the big one of a whole code and of its beginning", () => {
    expect([bigOf("P0101"), bigOf("P01"), bigOf("")]).toEqual(["P01", "P01", ""]);
  });
});
