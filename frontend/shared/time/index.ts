/** Moments as people of this city write them. The city's zone decides, not the machine's. */

let formatter = formatterOf("Asia/Shanghai");

/** The zone in which all moments are told from now on. */
export function setZone(name: string): void {
  formatter = formatterOf(name);
}

// One for all: to make one costs a slow phone 80 ms, and a list of fifty made a hundred.
function formatterOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
}

function parts(at: string | Date): Record<string, string> {
  const shown = formatter.formatToParts(typeof at === "string" ? new Date(at) : at);
  return Object.fromEntries(shown.map((one) => [one.type, one.value]));
}

/** The day as a page's heading says it: numbers of month, day of the month and day of the week (0 is Sunday). */
export function calendar(at: string | Date): { month: number; day: number; weekday: number } {
  const p = parts(at);
  const weekday = new Date(`${p.year}-${p.month}-${p.day}T00:00:00Z`).getUTCDay();
  return { month: Number(p.month), day: Number(p.day), weekday };
}

/** 2026-07-31 */
export function day(at: string | Date): string {
  const p = parts(at);
  return `${p.year}-${p.month}-${p.day}`;
}

/** 09:05 */
export function hour(at: string | Date): string {
  const p = parts(at);
  return `${p.hour}:${p.minute}`;
}

/** 2026-07-31 09:05 */
export function moment(at: string | Date): string {
  const p = parts(at);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** The hour if it is today's, else month and day with the hour, else the day: what fits a list. */
export function brief(at: string | Date, now: Date = new Date()): string {
  const [told, today] = [moment(at), day(now)];
  const [date, time] = [told.slice(0, 10), told.slice(11)];
  if (date === today) return time;
  return date.slice(0, 4) === today.slice(0, 4) ? `${date.slice(5)} ${time}` : date;
}
