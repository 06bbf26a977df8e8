import { expect, it } from "vitest";

/**
 * The portal is opened on WebViews of 2020 (Chromium 87). The compiler lowers newer syntax and nested CSS, but adds no
 * function and no unit that such a browser lacks: none may be written. Maps are a chunk of their own and may fail there.
 */
const LACKING: readonly [RegExp, string][] = [
  [/\.at\(-?\d/, "Array.prototype.at (92)"],
  [/structuredClone\(/, "structuredClone (98)"],
  [/Object\.(hasOwn|groupBy)\(/, "Object.hasOwn (93), Object.groupBy (117)"],
  [/randomUUID\(/, "crypto.randomUUID (92, and only over https)"],
  [/\.(findLast|findLastIndex|toSorted|toReversed|toSpliced)\(/, "array methods of 97 to 110"],
  [/AbortSignal\.(timeout|any)\(/, "AbortSignal.timeout (103)"],
  [/Promise\.withResolvers/, "Promise.withResolvers (119)"],
  [/\d(d|s|l)v[hw]\b/, "dvh, svh, lvh (108)"],
  [/:has\(|:is\(|:where\(/, ":has (105), :is and :where (88)"],
  [/aspect-ratio|color-mix\(|@container|@layer|accent-color|inset-inline|text-wrap/, "CSS of 88 to 117"],
];

const sources = import.meta.glob(
  ["./**/*.{ts,vue,css}", "../shared/**/*.{ts,vue,css}", "!../shared/map/**", "!../shared/api/schema.d.ts", "!./**/*.test.ts", "!../**/*.test.ts"],
  { query: "?raw", import: "default", eager: true },
) as Record<string, string>;

const found = (text: string): string[] => LACKING.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);

it("nothing in the portal or beneath it needs a newer browser", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(Object.entries(sources).flatMap(([file, text]) => found(text).map((what) => `${file}: ${what}`))).toEqual([]);
});

it("the rule sees what it is for", () => {
  expect(found("rows.at(-1)").length).toBe(1);
  expect(found("min-height: 100dvh").length).toBe(1);
  expect(found("a:has(b) {}").length).toBe(1);
});
