import { expect, it } from "vitest";

import { namedFor } from "./naming";

it("the responsibility list names whoever its longest prefixes name, each department once", () => {
  const list = [
    { class_code: "P", area: "", department: "city", clause: "1" }, { class_code: "P0101", area: "", department: "works", clause: "2" },
    { class_code: "P0101", area: "420502", department: "water", clause: "3" }, { class_code: "P01", area: "420502", department: "works", clause: "4" },
    { class_code: "E", area: "", department: "streets", clause: "5" }, { class_code: "P0101", area: "420503", department: "elsewhere", clause: "6" },
  ];
  expect(namedFor({ class_code: "P0101", area: "420502001" }, list).map((one) => one.department)).toEqual(["water", "works", "city"]);
  expect(namedFor({ class_code: "E01", area: "9" }, list).map((one) => one.clause)).toEqual(["5"]);
});
