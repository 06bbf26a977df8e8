import { expect, it } from "vitest";

import { byLook, type Question } from "./questions";

const asked = (uid: string, look: string): Question => ({
  uid, look, number: "", state: "open", state_zh: "", state_en: "", about: "", department: "", to_zh: "", to_en: "", asked_at: "", due_at: "",
  late: false, left_zh: "", left_en: "", finding: "", finding_zh: "", finding_en: "", answer: "", answered_at: null, answered_zh: "", answered_en: "",
});

it("shows of each look the newest question", () => {
  const found = byLook([asked("third", "7"), asked("second", "8"), asked("first", "7")]);
  expect([...found].map(([look, one]) => [look, one.uid])).toEqual([["7", "third"], ["8", "second"]]);
});
