import { describe, expect, it } from "vitest";

import { Refusal } from "./client";
import { acting, known, loading } from "./outcome";

const refused = new Refusal(409, "moved_on", "moved on");

describe("acting", () => {
  it("does one thing at a time", async () => {
    const { attempt, busy } = acting();
    let done = 0;
    let finish = (): void => undefined;
    const first = attempt(() => new Promise<void>((resolve) => ((finish = resolve), (done += 1))));
    expect(busy.value).toBe(true);
    expect(await attempt(async () => (done += 1))).toBe(false);
    finish();
    expect(await first).toBe(true);
    expect([done, busy.value]).toEqual([1, false]);
  });

  it("keeps what was refused until the next attempt", async () => {
    const { attempt, problem } = acting();
    expect(await attempt(() => Promise.reject(refused))).toBe(false);
    expect(problem.value).toBe(refused);
    expect(await attempt(() => Promise.resolve())).toBe(true);
    expect(problem.value).toBeUndefined();
  });

  it("throws a fault of ours on, and is free again", async () => {
    const { attempt, busy } = acting();
    await expect(attempt(() => Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
    expect(busy.value).toBe(false);
  });
});

describe("loading", () => {
  it("counts the newer question's answer, and keeps what was shown when it fails", async () => {
    const answers: ((text: string) => void)[] = [];
    const list = loading(() => new Promise<string>((resolve) => answers.push(resolve)));
    const both = [list.load(), list.load()];
    answers[1]?.("new");
    answers[0]?.("old");
    await Promise.all(both);
    expect([list.data.value, list.busy.value]).toEqual(["new", false]);
  });
});

it("only what people can be told is told", () => {
  expect(known(refused)).toBe(refused);
  expect(() => known(new Error("ours"))).toThrow("ours");
});
