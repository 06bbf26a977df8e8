/** What was reported from this phone: number, code and words, so that nobody has to keep a slip. It can be forgotten. */
import { recall, remember } from "@shared/words";
import { ref } from "vue";

export interface Kept {
  number: string;
  tracking: string;
  what_zh: string;
  what_en: string;
  where: string;
  at: string;
  /** An account reported it, and finds it again when it signs in. */
  own?: boolean;
}

const KEY = "wangge.portal.reports";
/** More than anybody follows; the oldest go. */
export const MOST = 30;

export const kept = ref<Kept[]>(read());

export function keep(one: Kept): void {
  write([one, ...kept.value.filter((other) => other.tracking !== one.tracking)].slice(0, MOST));
}

export function forget(tracking: string): void {
  write(kept.value.filter((one) => one.tracking !== tracking));
}

/** Somebody signs out: whoever has the phone next doesn't find what the account reported. */
export function forgetOwn(): void {
  write(kept.value.filter((one) => !one.own));
}

function write(rows: Kept[]): void {
  kept.value = rows;
  remember(KEY, JSON.stringify(rows));
}

function read(): Kept[] {
  try {
    const rows = JSON.parse(recall(KEY) ?? "[]") as Kept[];
    return Array.isArray(rows) ? rows.filter((one) => one.tracking && one.number) : [];
  } catch {
    return [];
  }
}
