import { expect, it } from "vitest";

import { byMonth, type Look, ofOthers } from "./looks";

const look = (at: string, saw: number, own = false): Look => ({
  look: "1", at, own, post: "", post_zh: "", post_en: "", purpose: "", purpose_zh: "", purpose_en: "", task: "", task_zh: "", task_en: "",
  saw: Array.from({ length: saw }, (_, n) => ({ code: `${n}`, zh: "", en: "" })),
});

it("adds up by the city's months: the last evening of June elsewhere is July here", () => {
  const months = byMonth([look("2026-06-30T17:00:00Z", 2), look("2026-06-30T10:00:00Z", 3), look("2026-06-03T10:00:00Z", 0)]);
  expect(months.map((one) => [one.key, one.looks.length, one.items])).toEqual([["2026-07", 1, 2], ["2026-06", 2, 3]]);
});

it("own looks are not other people's", () => expect(ofOthers([look("2026-06-30T10:00:00Z", 2, true)])).toEqual([]));
