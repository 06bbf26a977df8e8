import { describe, expect, it } from "vitest";

import consoleEn from "../../console/words/en";
import consoleZh from "../../console/words/zh-Hans";
import phoneEn from "../../phone/words/en";
import phoneZh from "../../phone/words/zh-Hans";
import portalEn from "../../portal/words/en";
import portalZh from "../../portal/words/zh-Hans";
import type { Words } from ".";
import en from "./en";
import { inflected } from "./said";
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

const COUNT = "(?:n|count|rows|days|due|decline|total|times|items|doors|matters|visits|todos|grids|households|minutes|columns|faults|bad|left)";
/** A number, then a word that is written otherwise after a one. */
const PLURAL = new RegExp(String.raw`(?<!first \{n\} of |: |than )\{${COUNT}\} (?:[a-z]+ )?(?!is\b|was\b|has\b|this\b|times\b)[a-z-]+s\b(?!⟩)`);

/** English messages that would say "1 rows". */
function unbending(words: Words): string[] {
  return Object.entries(words).flatMap(([key, one]) =>
    typeof one === "string" ? (PLURAL.test(one) && !one.includes(" | ") ? [`${key}: ${one}`] : []) : unbending(one),
  );
}

it("a number in English is followed by what is written after it", () => {
  expect([en, consoleEn, phoneEn, portalEn].flatMap(unbending)).toEqual([]);
  expect(unbending({ a: "{n} rows", b: { c: "{n} row⟨/s⟩", d: "no row | 1 row | {n} rows" } })).toEqual(["a: {n} rows"]);
});

it.each([
  ["1 row⟨/s⟩", "1 row"],
  ["2 row⟨/s⟩", "2 rows"],
  ["0 entr⟨y/ies⟩", "0 entries"],
  ["1,001 feed⟨/s⟩ need⟨s/⟩ somebody", "1,001 feeds need somebody"],
  ["1 feed⟨/s⟩ need⟨s/⟩ somebody", "1 feed needs somebody"],
  ["11 row⟨/s⟩, 1 column⟨/s⟩", "11 rows, 1 column"],
  ["– row⟨/s⟩", "– rows"],
])("%s", (written, said) => expect(inflected(written)).toBe(said));

it("a key that only one language has is seen", () => {
  expect(keys({ a: "x" })).not.toEqual(keys({ a: "x", b: { c: "y" } }));
});
