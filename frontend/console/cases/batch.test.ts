import { Refusal, Unreachable } from "@shared/api/client";
import { describe, expect, it } from "vitest";

import { actOnAll } from "./batch";
import type { CaseLine } from "./due";

const lines = ["a", "b", "c"].map((uid) => ({ uid, version: 1 }) as CaseLine);
const fine = { uid: "", number: "", version: 2, state: "", state_zh: "", state_en: "", due_at: null, stage_due_at: null };

describe("an act on several cases", () => {
  it("goes on where one is refused, and says which", async () => {
    const seen: number[] = [];
    const batch = await actOnAll(lines, "sign", {}, (one) => seen.push(one.done + one.refused.length), async (uid) => {
      if (uid === "b") throw new Refusal(409, "moved_on", "已由别人签收");
      return fine;
    });
    expect([batch.done, batch.refused.map((one) => `${one.line.uid} ${one.why}`), seen]).toEqual([2, ["b 已由别人签收"], [1, 2, 3]]);
  });

  it("stops without a network", async () => {
    const doing = async (): Promise<never> => Promise.reject(new Unreachable("gone"));
    await expect(actOnAll(lines, "sign", {}, () => undefined, doing)).rejects.toBeInstanceOf(Unreachable);
  });
});
