/** One act on several cases, one after the other: what one refuses stops none of the others. */
import { Refusal, Unreachable } from "@shared/api/client";

import { doing, type Given } from "./acts";
import type { CaseLine } from "./due";

export interface Batch {
  done: number;
  refused: { line: CaseLine; why: string }[];
}

/** Do it to each; `then` hears of every step. Without a network it stops: the rest is as it was. */
export async function actOnAll(
  lines: readonly CaseLine[], verb: string, given: Given, then: (sofar: Batch) => void, act: ReturnType<typeof doing> = doing(),
): Promise<Batch> {
  const sofar: Batch = { done: 0, refused: [] };
  for (const line of lines) {
    try {
      await act(line.uid, verb, given, line.version);
      sofar.done += 1;
    } catch (error) {
      if (error instanceof Unreachable) throw error;
      if (!(error instanceof Refusal)) throw error;
      sofar.refused.push({ line, why: error.message });
    }
    then(sofar);
  }
  return sofar;
}
