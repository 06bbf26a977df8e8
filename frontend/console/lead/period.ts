/** A period in the address: a name that moves with the days, or two days. */
import { day } from "@shared/time";

export interface Period {
  from_on: string;
  to_on: string;
}

export const NAMES = ["today", "week", "month", "last_month", "year"] as const;
export type Name = (typeof NAMES)[number];

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const iso = (at: Date): string => at.toISOString().slice(0, 10);

/** The days of a period as the city counts them, today included. */
export function periodOf(name: string, now: Date, own: Period): Period {
  const today = day(now);
  const at = utc(today);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  switch (name) {
    case "today":
      return { from_on: today, to_on: today };
    case "week":
      return { from_on: iso(new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * 86_400_000)), to_on: today };
    case "last_month":
      return { from_on: iso(new Date(Date.UTC(year, month - 1, 1))), to_on: iso(new Date(Date.UTC(year, month, 0))) };
    case "year":
      return { from_on: `${year}-01-01`, to_on: today };
    case "own":
      if (/^\d{4}-\d\d-\d\d$/.test(own.from_on) && /^\d{4}-\d\d-\d\d$/.test(own.to_on)) return own;
      break;
  }
  return { from_on: iso(new Date(Date.UTC(year, month, 1))), to_on: today };
}
