/** Moments as people of this city write them. The city's zone decides, not the machine's. */

/** Hours ahead of UTC in zones whose clocks nobody has changed since `STEADY_FROM`: told by counting. */
const STEADY: Readonly<Record<string, number>> = { "Asia/Shanghai": 8, "Asia/Urumqi": 6 };
const STEADY_FROM = Date.UTC(1992, 0, 1);
const HOUR = 3_600_000;

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

let zone = "Asia/Shanghai";
let formatter: Intl.DateTimeFormat | undefined;

/** The zone in which all moments are told from now on. */
export function setZone(name: string): void {
  [zone, formatter] = [name, undefined];
}

/** Told by counting where that is the same (the tests hold it against the browser's own): a formatter costs a slow phone 120 ms. */
function parts(at: string | Date): Parts {
  const shown = typeof at === "string" ? new Date(at) : at;
  const ahead = STEADY[zone];
  return ahead !== undefined && shown.getTime() >= STEADY_FROM ? counted(shown, ahead) : formatted(shown);
}

function counted(at: Date, ahead: number): Parts {
  const told = new Date(at.getTime() + ahead * HOUR).toISOString(); // 2026-07-31T09:05…
  return { year: told.slice(0, -20), month: told.slice(-19, -17), day: told.slice(-16, -14), hour: told.slice(-13, -11), minute: told.slice(-10, -8) };
}

/** As the browser tells it, in any zone and any year. Raises `RangeError` where `at` is no moment. */
export function formatted(at: Date): Parts {
  // One for all: a list of fifty made a hundred of them.
  formatter ??= new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  return Object.fromEntries(formatter.formatToParts(at).map((one) => [one.type, one.value])) as unknown as Parts;
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
