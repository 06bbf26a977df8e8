import { describe, expect, it } from "vitest";

import { asked, fileOf, paging, read, write } from ".";

const shape = { state: "", late: null, page: 1, order: "urgent" };

describe("a filter in the address", () => {
  it("comes back as it was written", () => {
    const values = { state: "to_file,to_close", late: true, page: 3, order: "number" };
    expect(read(shape, write(shape, values))).toEqual(values);
    expect(read(shape, write(shape, { ...values, late: false })).late).toBe(false);
  });

  it("leaves out what nobody chose", () => {
    expect(write(shape, read(shape, {}))).toEqual({});
    expect(asked(shape, read(shape, {}))).toEqual({ order: "urgent" });
  });

  it("takes what it can't mean for nothing", () => {
    expect(read(shape, { page: "x", late: "perhaps", unknown: "1", state: ["to_file", "closed"] })).toEqual({
      state: "to_file", late: null, page: 1, order: "urgent",
    });
  });

  it("asks for a page of a length that is offered, and never before the first", () => {
    expect(paging({ page: 3, size: 50 })).toEqual({ limit: 50, offset: 100 });
    expect(paging({ page: 0, size: 1 })).toEqual({ limit: 20, offset: 0 });
    expect(paging({ page: 2, size: 5000 })).toEqual({ limit: 100, offset: 100 });
    expect(asked({ state: "", page: 1, size: 50 }, { state: "open", page: 2, size: 20 })).toEqual({ state: "open" });
  });

  it("is the same for the file as for the list", () => {
    const values = read(shape, { state: "handling", late: "true", page: "2" });
    expect(fileOf("/api/cases/cases.xlsx", asked(shape, values))).toBe("/api/cases/cases.xlsx?state=handling&late=true&order=urgent");
    expect(fileOf("/x.xlsx", { area: "", department: undefined })).toBe("/x.xlsx");
  });
});
