/** Who looked, as a bank statement: month by month, the newest first, own looks apart. */
import type { components } from "@shared/api/schema";
import { day } from "@shared/time";

export type Look = components["schemas"]["LookLine"];

export interface Month {
  /** 2026-06 */
  key: string;
  looks: Look[];
  items: number;
}

/** Looks by the month in which they were, on the city's calendar. */
export function byMonth(looks: readonly Look[]): Month[] {
  const months = new Map<string, Month>();
  for (const one of looks) {
    const key = day(one.at).slice(0, 7);
    const month = months.get(key) ?? { key, looks: [], items: 0 };
    month.looks.push(one);
    month.items += one.saw.length;
    months.set(key, month);
  }
  return [...months.values()];
}

export function ofOthers(looks: readonly Look[]): Look[] {
  return looks.filter((one) => !one.own);
}
