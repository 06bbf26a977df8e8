/** A department's inbox by the day on which each case is due. */
import type { components } from "@shared/api/schema";
import { day } from "@shared/time";

export type CaseLine = components["schemas"]["CaseLine"];
export interface DueGroup {
  name: "late" | "today" | "day" | "none";
  day: string;
  cases: CaseLine[];
}

/** States in which the clock of handling runs; elsewhere its end says nothing. */
const HANDLING = ["to_sign", "handling"];

/** What `left` speaks of: the end of the stage or of handling, whichever comes first. */
export function dueOf(one: Pick<CaseLine, "state" | "due_at" | "stage_due_at">): string | null {
  const both = [one.stage_due_at, HANDLING.includes(one.state) ? one.due_at : null].filter((at): at is string => Boolean(at));
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

/** Whether what is left is short: less than two hours of the clock on the wall. */
export function isSoon(one: Pick<CaseLine, "state" | "due_at" | "stage_due_at" | "left" | "late">, now: Date): boolean {
  const due = one.late || !one.left ? null : dueOf(one);
  return due !== null && new Date(due).getTime() - now.getTime() < 2 * 3_600_000;
}

/** A length of working time in the reader's language: the catalogue holds it as the city wrote it (4 工作时). */
export function lengthIn(locale: string, text: string): string {
  if (locale !== "en") return text;
  return text
    .replace(/(\d+(?:\.\d+)?) ?紧急工作时/g, "$1 urgent working hours")
    .replace(/(\d+(?:\.\d+)?) ?工作时/g, "$1 working hours")
    .replace(/(\d+(?:\.\d+)?) ?工作日/g, "$1 working days")
    .replace(/\b1 (urgent )?working (hour|day)s/g, "1 $1working $2");
}
