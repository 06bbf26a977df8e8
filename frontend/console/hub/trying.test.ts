import { describe, expect, it } from "vitest";

import { confirmed, type Proposal } from "./trying";

const column = (name: string, element: string, more: object = {}) => ({ column: name, element, confidence: 1, reason: "", part: 1, values: {}, ...more });
const proposal = (columns: Proposal["columns"], second: Proposal["second"] = null): Proposal => ({ feed: "f", header_row: 1, columns, refused: [], rows: 3, second, sheet: null });

describe("what is confirmed of a mapping", () => {
  it("is what a person chose, else what stood there", () => {
    const held = proposal([column("姓名", "name"), column("电话", "phone"), column("备注", "")]);
    expect(confirmed(held, { 电话: "guardian_phone" }).columns).toEqual({ 姓名: "name", 电话: "guardian_phone", 备注: "" });
  });

  it("keeps the department's own words of a column, unless it holds another element now", () => {
    const held = proposal([column("性别", "sex", { values: { 男士: "1" } }), column("状态", "pension_status", { values: { 在领: "1" } })]);
    expect(confirmed(held, { 状态: "" }).values).toEqual({ 性别: { 男士: "1" } });
  });

  it("keeps what is said of a row's second person", () => {
    const second = { columns: { 租客: "name" }, constants: { tenure: "tenant" }, dwelling: "坐落", first: "owner" as const, second: "tenant" as const };
    const held = proposal([column("产权人", "name"), column("租客", "name", { part: 2 })], second);
    const found = confirmed(held, {});
    expect(found.columns).toEqual({ 产权人: "name" });
    expect(found.second).toEqual(second);
  });
});
