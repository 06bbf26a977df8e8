/** Days as a resident reads them: 6月12日, and what is left of a time. Whole days on the city's calendar. */
import { day } from "@shared/time";

const DAY_MS = 24 * 3600 * 1000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 6月12日 or 12 Jun, with the year where it isn't this one. Takes a day (2026-06-12) or a moment. */
export function dayWord(at: string, chinese: boolean, now: Date): string {
  const [year, month, date] = calendar(at);
  const other = year !== calendar(now.toISOString())[0];
  if (chinese) return `${other ? `${year}年` : ""}${month}月${date}日`;
  return `${date} ${MONTHS[month - 1]}${other ? ` ${year}` : ""}`;
}

/** 6月 or Jun. */
export function monthName(key: string, chinese: boolean): string {
  const month = Number(key.slice(5, 7));
  return chinese ? `${month}月` : (MONTHS[month - 1] ?? "");
}

/** 2026年6月 or Jun 2026. */
export function monthWord(key: string, chinese: boolean): string {
  const [year, month] = key.split("-").map(Number) as [number, number];
  return chinese ? `${year}年${month}月` : `${MONTHS[month - 1]} ${year}`;
}

/** Whole days from today until a day; 0 today, negative once it is over. */
export function daysUntil(until: string, now: Date): number {
  const ms = (at: string): number => Date.UTC(...(calendarParts(at)));
  return Math.round((ms(until) - ms(now.toISOString())) / DAY_MS);
}

/** The three-letter name of today's weekday, as opening hours are keyed. */
export function weekday(now: Date): string {
  const [year, month, date] = calendar(now.toISOString());
  return ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][new Date(Date.UTC(year, month - 1, date)).getUTCDay()] ?? "mon";
}

function calendar(at: string): [number, number, number] {
  const said = at.length === 10 ? at : day(at);
  return said.split("-").map(Number) as [number, number, number];
}

function calendarParts(at: string): [number, number, number] {
  const [year, month, date] = calendar(at);
  return [year, month - 1, date];
}
