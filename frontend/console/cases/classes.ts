/** Classes of cases in their two levels. A code is kind (P part, E event), two digits of 大类, two of 小类: `P0101`. */
import type { components } from "@shared/api/schema";

export type ClassLine = Pick<components["schemas"]["ClassRecord"], "code" | "kind" | "big_zh" | "big_en" | "name_zh" | "name_en">;
export interface Big {
  code: string;
  kind: string;
  zh: string;
  en: string;
}
const BIG = 3;

/** The 大类 of a code, or of the beginning of one. */
export const bigOf = (code: string): string => code.slice(0, BIG);

/** The 大类 that a catalogue has, each once, by code. */
export function bigs(classes: readonly ClassLine[]): Big[] {
  const found = new Map(classes.map((one) => [bigOf(one.code), { code: bigOf(one.code), kind: one.kind, zh: one.big_zh, en: one.big_en }]));
  return [...found.values()].sort((a, b) => a.code.localeCompare(b.code));
}

/** The 小类 within a 大类, by code. */
export function smallsOf(classes: readonly ClassLine[], big: string): ClassLine[] {
  return big ? classes.filter((one) => bigOf(one.code) === big).sort((a, b) => a.code.localeCompare(b.code)) : [];
}
