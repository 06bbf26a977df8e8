import { expect, it } from "vitest";

import { freshId, idempotent, once } from "./once";

it("the same words go under one key, changed ones under another", () => {
  const key = once();
  const first = key({ text: "a", on: null });
  expect(key({ text: "a", on: null })).toEqual(first);
  const changed = key({ text: "b", on: null });
  expect(changed).not.toEqual(first);
  expect(key({ text: "b", on: null })).toEqual(changed);
});

it("two forms with the same words are two acts", () => {
  expect(once()({ text: "a" })).not.toEqual(once()({ text: "a" }));
});

it("an id is 32 signs of sixteen and never the same", () => {
  const made = new Set(Array.from({ length: 100 }, freshId));
  expect(made.size).toBe(100);
  expect([...made].every((one) => /^[0-9a-f]{32}$/.test(one))).toBe(true);
  expect(idempotent()).not.toEqual(idempotent());
});
