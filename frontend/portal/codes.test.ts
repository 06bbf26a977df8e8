import { describe, expect, it } from "vitest";

import { isWhole, oneTimeCode, spoken, trackingCode } from "./codes";

describe("a tracking code while it is typed", () => {
  it.each([
    ["7k3qm0zx9t", "7K3QM-0ZX9T"],
    ["7K3QM 0ZX9T", "7K3QM-0ZX9T"],
    ["7k3qm", "7K3QM"],
    ["７Ｋ３ＱＭ－０ＺＸ９Ｔ", "7K3QM-0ZX9T"],
    ["oil", "011"],
    ["7K3QM-0ZX9T-again", "7K3QM-0ZX9T"],
    ["", ""],
  ])("%s → %s", (typed, shown) => expect(trackingCode(typed)).toBe(shown));

  it("is whole with ten characters, not with nine", () => {
    expect(isWhole("7K3QM-0ZX9T")).toBe(true);
    expect(isWhole("7K3QM-0ZX9")).toBe(false);
  });
});

it("a one-time code from a message keeps its digits together, one from the worker has two halves", () => {
  expect(oneTimeCode(" 1234 5678 ")).toBe("12345678");
  expect(oneTimeCode("abcde23456")).toBe("ABCDE-23456");
  expect(oneTimeCode("2345623456")).toBe("23456-23456");
});

it("is read out character by character", () => expect(spoken("7K3QM-0ZX9T")).toBe("7 K 3 Q M 0 Z X 9 T"));
