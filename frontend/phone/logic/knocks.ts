/** How often a household may still be knocked at this month: what the server counted, and what was done here since. */
import { day, hour } from "@shared/time";

import type { Bundle, Row, Todo } from "../store/types";

/** Kinds of to-dos for which somebody stands at a door, as the server's outcomes say. */
const AT_A_DOOR = new Set(["service", "visit", "confirm"]);

export interface Knocks {
  perMonth: number;
  /** Uninvited visits that are left this month. */
  left: number;
  /** Somebody was there today already: what is done now belongs to that visit. */
  today: boolean;
  opens: string;
  closes: string;
  /** Whether it is the time of day for it. */
  inHours: boolean;
}

/** Whether somebody has to stand at a household's door for it. */
export function atTheDoor(todo: Todo): boolean {
  return todo.household !== "" && AT_A_DOOR.has(todo.kind);
}

/** Whether what was done about it uses a knock of the household. */
export function uses(todo: Todo, invited: boolean): boolean {
  return atTheDoor(todo) && !todo.invited && !invited;
}

/** The days of uninvited visits that this phone knows of, by household; a refused one took place nonetheless, but counts nowhere. */
export function visited(bundle: Bundle, rows: readonly Row[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (household: string, on: string): void => void found.set(household, (found.get(household) ?? new Set()).add(on));
  // A bundle that an earlier version of the app kept has no knocks in it.
  for (const [household, days] of Object.entries(bundle.knocks ?? {})) for (const one of days) add(household, one);
  for (const row of rows) if (row.knock && row.state !== "refused") add(row.knock, day(row.at));
  return found;
}

export function knocksOf(bundle: Bundle, household: string, days: ReadonlySet<string> | undefined, now: Date): Knocks | undefined {
  const rule = bundle.visiting;
  if (!household || !rule) return undefined;
  const today = day(now);
  const used = [...(days ?? [])].filter((one) => one.slice(0, 7) === today.slice(0, 7)).length;
  const [opens, closes, at] = [rule.opens.slice(0, 5), rule.closes.slice(0, 5), hour(now)];
  return {
    perMonth: rule.per_month, left: Math.max(0, rule.per_month - used), today: days?.has(today) ?? false, opens, closes,
    inHours: opens <= at && at < closes,
  };
}

/** Whether this household must be left alone until it asks, or until next month. */
export function mustWait(knocks: Knocks | undefined): boolean {
  return knocks !== undefined && knocks.left <= 0 && !knocks.today;
}
