import { describe, expect, it } from "vitest";

import consoleEn from "../../console/words/en";
import consoleZh from "../../console/words/zh-Hans";
import phoneEn from "../../phone/words/en";
import phoneZh from "../../phone/words/zh-Hans";
import portalEn from "../../portal/words/en";
import portalZh from "../../portal/words/zh-Hans";
import type { Words } from ".";
import en from "./en";
import zh from "./zh-Hans";

/** Every key of a tree of words as a path, with the places that a value is put into. */
function keys(words: Words, prefix = ""): string[] {
  return Object.entries(words).flatMap(([key, word]) =>
    typeof word === "string"
      ? [`${prefix}${key} ${[...word.matchAll(/\{\w+\}/g)].map((one) => one[0]).sort().join("")}`.trim()]
      : keys(word, `${prefix}${key}.`),
  );
}

describe.each([
  ["shared", zh, en],
  ["console", consoleZh, consoleEn],
  ["phone", phoneZh, phoneEn],
  ["portal", portalZh, portalEn],
])("the words of %s", (_app, chinese, english) => {
  it("are the same in both languages, with the same places for values", () => {
    expect(keys(english).sort()).toEqual(keys(chinese).sort());
  });

  it("are Chinese in Chinese and none of it in English", () => {
    const said = (words: Words): string[] =>
      Object.entries(words).flatMap(([key, one]) => (typeof one === "string" ? [`${key}: ${one}`] : said(one)));
    const foreign = said(english).filter((one) => /\p{Script=Han}/u.test(one) && !one.startsWith("language:"));
    expect(foreign).toEqual([]);
  });
});

it("a key that only one language has is seen", () => {
  expect(keys({ a: "x" })).not.toEqual(keys({ a: "x", b: { c: "y" } }));
});
