/** How much time is left, told in days and hours as they pass: a phone without a network doesn't know the city's holidays. */
export interface Left {
  kind: "none" | "left" | "over";
  unit: "days" | "hours" | "minutes";
  n: number;
  late: boolean;
  soon: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function left(due: string | null, now: Date): Left {
  if (!due) return { kind: "none", unit: "days", n: 0, late: false, soon: false };
  const ms = new Date(due).getTime() - now.getTime();
  const away = Math.abs(ms);
  const [unit, size] = away >= 2 * DAY ? (["days", DAY] as const) : away >= HOUR ? (["hours", HOUR] as const) : (["minutes", HOUR / 60] as const);
  return { kind: ms < 0 ? "over" : "left", unit, n: Math.max(1, Math.floor(away / size)), late: ms < 0, soon: ms >= 0 && ms < 2 * DAY };
}
