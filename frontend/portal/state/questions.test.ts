import { expect, it } from "vitest";

import { byLook, type Question, whole } from "./questions";

const asked = (uid: string, look: string): Question => ({
  uid, look, number: "", state: "open", state_zh: "", state_en: "", about: "", department: "", to_zh: "", to_en: "", asked_at: "", due_at: "",
  late: false, left_zh: "", left_en: "", finding: "", finding_zh: "", finding_en: "", answer: "", answered_at: null, answered_zh: "", answered_en: "",
});

it("shows of each look the newest question", () => {
  const found = byLook([asked("third", "7"), asked("second", "8"), asked("first", "7")]);
  expect([...found].map(([look, one]) => [look, one.uid])).toEqual([["7", "third"], ["8", "second"]]);
});

it.each([
  ["剩 4.8 工作日", "剩 4 工作日"], ["4.8 working days left", "4 working days left"], ["剩 0.8 工作日", "剩 0.8 工作日"], ["剩 5 工作日", "剩 5 工作日"],
  ["超时 12.5 工作时", "超时 12 工作时"],
])("tells %s as people do", (exact, told) => expect(whole(exact)).toBe(told));
