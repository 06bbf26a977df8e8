/** A department's inbox by the day on which each case is due. */
import type { components } from "@shared/api/schema";
import { day } from "@shared/time";

export type CaseLine = components["schemas"]["CaseLine"];
export interface DueGroup {
  name: "late" | "today" | "day" | "none";
  day: string;
  cases: CaseLine[];
}

/** What is due: the stage or handling, whichever ends first. */
export function dueOf(one: CaseLine): string | null {
  const both = [one.stage_due_at, one.due_at].filter((at): at is string => Boolean(at));
  return both.length ? both.reduce((first, at) => (new Date(at) < new Date(first) ? at : first)) : null;
}

/** Late ones first, then today's, then day by day; what has no running clock last. Within a group the order stays the list's. */
export function byDue(cases: readonly CaseLine[], now: Date): DueGroup[] {
  const today = day(now);
  const groups = new Map<string, DueGroup>();
  for (const one of cases) {
    const due = one.left ? dueOf(one) : null;
    const on = due ? day(due) : "";
    const name = one.late ? "late" : !due ? "none" : on <= today ? "today" : "day";
    const key = name === "day" ? on : name;
    const group = groups.get(key) ?? { name, day: on, cases: [] };
    group.cases.push(one);
    groups.set(key, group);
  }
  const rank = { late: 0, today: 1, day: 2, none: 3 };
  return [...groups.values()].sort((a, b) => rank[a.name] - rank[b.name] || a.day.localeCompare(b.day));
}

/** Whether the rest is short: less than two hours of what is left, told by the server in its words, is soon. */
export function isSoon(one: { left: string; late: boolean; due_at: string | null; stage_due_at: string | null }, now: Date): boolean {
  if (one.late || !one.left) return false;
  const due = [one.stage_due_at, one.due_at].filter((at): at is string => Boolean(at)).map((at) => new Date(at).getTime());
  return due.length > 0 && Math.min(...due) - now.getTime() < 2 * 3_600_000;
}
