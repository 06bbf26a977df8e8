/** What is offered of an element's codes at a door. */

/** GB/T 2261.1 tells "unknown" (0) from "not said" (9): to a person one of them can be said, and the two sexes come first. */
const SAID: Record<string, readonly string[]> = { sex: ["1", "2", "9"] };

export function offered<T extends readonly [string, ...string[]]>(element: string, choices: readonly T[]): T[] {
  const order = SAID[element];
  return order ? order.flatMap((code) => choices.filter((one) => one[0] === code)) : [...choices];
}
