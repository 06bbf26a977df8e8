import { describe, expect, it } from "vitest";

import { heading, laid, path, ways, widths } from "./sheet";

const line = (row: number, ...boxes: (string | null)[]) => ({ row, boxes });
const sheet = {
  sheet: "名册", sheets: ["名册"], header_first: 2, header_last: 3,
  columns: [
    { letter: "A", column: "序号", withheld: true }, { letter: "B", column: "基本情况/姓名", withheld: false }, { letter: "C", column: "基本情况/民族", withheld: true },
    { letter: "D", column: "电话", withheld: false },
  ],
  lines: [line(1, "名册", "", "", ""), line(2, "序号", "基本情况", "", "电话"), line(3, "", "姓名", "民族", ""), line(4, null, "王*兰", null, "138****5521")],
  merges: [[1, 0, 1, 3], [2, 0, 3, 0], [2, 1, 2, 2], [2, 3, 3, 3]] as [number, number, number, number][],
};
const mapped = (column: string, element: string, confidence = 1) => ({ column, element, confidence, reason: "", part: 1, values: {} });
const crossed = { column: "基本情况/民族", code: "ethnicity", reason_zh: "禁止", reason_en: "forbidden" };

describe("a sheet as it stands", () => {
  it("has a merged range as one box, and nothing under it", () => {
    const rows = laid(sheet);
    expect(rows[0]?.boxes).toEqual([{ column: 0, text: "名册", withheld: false, wide: 4, high: 1 }]);
    expect(rows[1]?.boxes.map((one) => [one.text, one.wide, one.high])).toEqual([["序号", 1, 2], ["基本情况", 2, 1], ["电话", 1, 2]]);
    expect(rows[2]?.boxes.map((one) => one.text)).toEqual(["姓名", "民族"]);
    expect(rows.flatMap((one) => one.boxes).reduce((sum, one) => sum + one.wide * one.high, 0)).toBe(16);
  });

  it("shows of a withheld column that something is withheld, and nothing else", () => {
    expect(laid(sheet)[3]?.boxes.map((one) => [one.text, one.withheld])).toEqual([["", true], ["王*兰", false], ["", true], ["138****5521", false]]);
  });

  it("calls a column by the lowest box of its header", () => {
    expect([0, 1, 2, 3].map((at) => heading(sheet, at))).toEqual(["序号", "姓名", "民族", "电话"]);
  });

  it("cuts its columns to the room there is, none away", () => {
    expect(widths(sheet, 0).every((one) => one >= 44)).toBe(true);
    expect(widths(sheet, 240).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(240);
    expect(widths(sheet, 100)).toEqual([44, 44, 44, 44]);
  });
});

describe("where columns lead", () => {
  const columns = [mapped("序号", "", 0), mapped("基本情况/姓名", "name"), mapped("电话", "phone", 0.7)];

  it("is told in the sheet's order: sure, unsure, refused, left out", () => {
    expect(ways(sheet, columns, {}, [crossed]).map((one) => [one.letter, one.kind])).toEqual([["A", "out"], ["B", "sure"], ["C", "refused"], ["D", "unsure"]]);
  });

  it("is sure where a person chose, and a forbidden column can't be chosen for", () => {
    const found = ways(sheet, columns, { 电话: "guardian_phone", "基本情况/民族": "name" }, [crossed]);
    expect(found.map((one) => [one.element, one.kind])).toEqual([["", "out"], ["name", "sure"], ["", "refused"], ["guardian_phone", "sure"]]);
  });

  it("stops where the agreement doesn't name the element", () => {
    const refusal = { column: "电话", code: "not_agreed", reason_zh: "协议里没有", reason_en: "not agreed" };
    expect(ways(sheet, columns, {}, [refusal])[3]?.kind).toBe("refused");
  });

  it("is drawn by lines that never cross", () => {
    const at = (n: number): [number, number] => [20 + n * 50, 10 + n * 20];
    for (let a = 0; a < 6; a++) {
      for (let b = a + 1; b < 6; b++) {
        // The vertical of the column further right begins below the horizontal of the one further left.
        expect(at(b)[1]).toBeGreaterThan(at(a)[1]);
        expect(at(b)[0]).toBeGreaterThan(at(a)[0]);
      }
    }
    expect(path(20, 10, 300, 140)).toBe("M20 140V16Q20 10 26 10H300");
  });
});
