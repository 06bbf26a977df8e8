/** Moments as people of this city write them. The city's zone decides, not the machine's. */

let zone = "Asia/Shanghai";

/** The zone in which all moments are told from now on. */
export function setZone(name: string): void {
  zone = name;
}

function parts(at: string | Date): Record<string, string> {
  const shown = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(typeof at === "string" ? new Date(at) : at);
  return Object.fromEntries(shown.map((one) => [one.type, one.value]));
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
  return `${day(at)} ${hour(at)}`;
}

/** The hour if it is today's, else month and day with the hour, else the day: what fits a list. */
export function brief(at: string | Date, now: Date = new Date()): string {
  const p = parts(at);
  const today = parts(now);
  if (day(at) === day(now)) return hour(at);
  return p.year === today.year ? `${p.month}-${p.day} ${hour(at)}` : day(at);
}
