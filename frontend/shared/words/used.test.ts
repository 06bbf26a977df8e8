import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import consoleWords from "../../console/words/en";
import phoneWords from "../../phone/words/en";
import portalWords from "../../portal/words/en";
import type { Words } from ".";
import sharedWords from "./en";

/** What the sources of some folders say, without the words themselves and without tests. */
function sources(...folders: string[]): string {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf-8" }).map((name) => join(folder, name)))
    .filter((path) => /\.(ts|vue)$/.test(path) && !/\.test\.ts$|[/\\]words[/\\]|schema\.d\.ts$/.test(path))
    .map((path) => readFileSync(path, "utf-8"))
    .join("\n");
}

/** Paths of words that nothing asks for: neither by their path nor by a longer or shorter beginning that a value completes. */
function unused(words: Words, source: string): string[] {
  const whole = new Set([...source.matchAll(/["'`]([\w-]+(?:\.[\w-]+)*)["'`]/g)].map((one) => one[1]));
  const begun = [...source.matchAll(/["'`]([\w-]+(?:\.[\w-]+)*\.?)(?:\$\{|["'`] ?\+)/g)].map((one) => one[1] ?? "");
  const asked = (path: string) => whole.has(path) || begun.some((one) => path.startsWith(one));
  const paths = (tree: Words, prefix = ""): string[] =>
    Object.entries(tree).flatMap(([key, word]) => (typeof word === "string" ? [prefix + key] : paths(word, `${prefix}${key}.`)));
  return paths(words).filter((path) => !asked(path));
}

describe.each([
  ["shared", sharedWords, ["console", "phone", "portal", "shared"]],
  ["console", consoleWords, ["console", "shared"]],
  ["phone", phoneWords, ["phone", "shared"]],
  ["portal", portalWords, ["portal", "shared"]],
])("the words of %s", (_app, words, folders) => {
  it("are asked for somewhere", () => {
    expect(unused(words, sources(...folders))).toEqual([]);
  });
});

it("a word that nobody asks for is seen", () => {
  const words = { asked: "a", left: "b", state: { open: "c" }, deep: { left: "d" } };
  expect(unused(words, 't("asked"); t(`state.${one.state}`)')).toEqual(["left", "deep.left"]);
});
