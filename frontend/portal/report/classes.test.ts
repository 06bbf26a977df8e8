import { expect, it } from "vitest";

import { grouped, type OfClass, suggested } from "./classes";

const of = (code: string, name_zh: string, name_en: string, big_zh: string, filing = ""): OfClass => ({
  code, kind: code.startsWith("P") ? "part" : "event", big_zh, big_en: big_zh, name_zh, name_en, imported: false,
  rules: [{ number: 1, filing, closing: "", limit: "", photo_required: false }],
});
const classes = [
  of("E0101", "暴露垃圾", "Exposed rubbish", "市容环境"), of("P0101", "上水井盖", "Water manhole cover", "公用设施", "井盖破损、缺失"),
  of("P0106", "路灯", "Street lamp", "公用设施", "灯不亮"), of("E0107", "噪声扰民", "Noise", "市容环境"),
];

it.each([
  ["门口井盖破了", "P0101"],
  ["楼下路灯三天不亮", "P0106"],
  ["一堆垃圾没人收", "E0101"],
  ["半夜太吵了", "E0107"],
  ["The street lamp is out", "P0106"],
])("%s → %s", (text, code) => expect(suggested(text, classes)[0]?.code).toBe(code));

it("suggests nothing where nothing fits", () => {
  expect(suggested("你好", classes)).toEqual([]);
  expect(suggested("", classes)).toEqual([]);
});

it("groups keep the catalogue's order", () => {
  expect(grouped(classes, (one) => one.big_zh).map((one) => [one.name, one.classes.length])).toEqual([["市容环境", 2], ["公用设施", 2]]);
});
