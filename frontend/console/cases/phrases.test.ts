import { describe, expect, it } from "vitest";

import en from "../words/en/cases";
import zh from "../words/zh-Hans/cases";
import { FORMS } from "./acts";
import { PHRASES, withPhrase } from "./phrases";

describe("reply templates", () => {
  it("belong to acts that ask for words, and have words in both languages", () => {
    for (const [verb, names] of Object.entries(PHRASES)) {
      expect(FORMS[verb]?.asks.some((one) => ["reason", "said", "note"].includes(one)), verb).toBe(true);
      for (const words of [zh, en]) {
        const said = (words.phrase as Record<string, Record<string, string>>)[verb];
        expect(Object.keys(said ?? {}).sort(), verb).toEqual([...names].sort());
      }
    }
  });

  it("are put behind what somebody wrote, and taken out again", () => {
    expect(withPhrase(undefined, "已修复")).toBe("已修复");
    expect(withPhrase("王师傅到场", "已修复")).toBe("王师傅到场；已修复");
    expect(withPhrase("已修复", "已修复")).toBe("");
  });
});
