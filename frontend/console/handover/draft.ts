/** What a shift is about to hand over: kept while cases are opened and looked at, gone with the page's tab. Nothing of it is stored. */
import type { components } from "@shared/api/schema";
import { day } from "@shared/time";
import { computed, type ComputedRef, reactive } from "vue";

import type { CaseLine } from "../cases/due";

export type Desk = components["schemas"]["DeskRecord"];
export type Page = components["schemas"]["HandOverRecord"];

/** What the server takes at most. */
export const LONGEST = 1000;
export const LONGEST_NOTE = 200;

export interface Draft {
  said: string;
  /** Notes to the cases that are named, in the order of naming. */
  notes: Map<string, string>;
  /** Cases that the writer found and the system hadn't proposed. */
  added: CaseLine[];
}

const kept = reactive(new Map<string, Draft>());

/** The draft of somebody at a desk. */
export function draftOf(user: string, desk: string): Draft {
  const key = `${user} ${desk}`;
  if (!kept.has(key)) kept.set(key, { said: "", notes: new Map(), added: [] });
  return kept.get(key) as Draft;
}

/** Name a case, or leave it out again; what was noted goes with it. */
export function toggle(draft: Draft, uid: string): void {
  if (!draft.notes.delete(uid)) draft.notes.set(uid, "");
}

/** A case that wasn't proposed: named at once, and once. */
export function add(draft: Draft, line: CaseLine): void {
  if (!draft.added.some((one) => one.uid === line.uid)) draft.added.push(line);
  if (!draft.notes.has(line.uid)) draft.notes.set(line.uid, "");
}

/** Nothing is left of it. */
export function clear(draft: Draft): void {
  draft.said = "";
  draft.notes.clear();
  draft.added.length = 0;
}

/** Whether there is anything to hand over. */
export function whole(draft: Draft): boolean {
  return draft.said.trim() !== "" || draft.notes.size > 0;
}

/** As it is sent. */
export function sent(draft: Draft, desk: Pick<Desk, "axis" | "area">): components["schemas"]["HandingOver"] {
  const cases = [...draft.notes].map(([uid, note]) => ({ case: uid, note: note.trim() }));
  return { said: draft.said.trim(), cases, axis: desk.axis, area: desk.area };
}

/** The pages of the book by the day on which they were written; the order stays the book's. */
export function byDay(pages: readonly Page[]): { day: string; pages: Page[] }[] {
  const found: { day: string; pages: Page[] }[] = [];
  for (const one of pages) {
    const on = day(one.at);
    const last = found.at(-1);
    if (last?.day === on) last.pages.push(one);
    else found.push({ day: on, pages: [one] });
  }
  return found;
}

export interface Row {
  line: CaseLine;
  reason: string;
  why: string;
}

/** What may be named: as proposed, then what the writer added. A case that is proposed by now isn't shown twice. */
export function useRows(desk: () => Desk | undefined, draft: () => Draft): ComputedRef<Row[]> {
  return computed(() => {
    const proposed = (desk()?.proposed ?? []).map((one) => ({ line: one.case, reason: one.reason, why: one.why }));
    const known = new Set(proposed.map((one) => one.line.uid));
    return [...proposed, ...draft().added.filter((one) => !known.has(one.uid)).map((line) => ({ line, reason: "", why: "" }))];
  });
}
