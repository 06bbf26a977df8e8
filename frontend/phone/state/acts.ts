/** What a worker does with the phone: everything is saved here and now, and sent when it can be. */
import { ref, shallowRef } from "vue";

import { uses } from "../logic/knocks";
import { now } from "../store/clock";
import { type About, HOLD_MS } from "../store/outbox";
import type { Content, Label, OutcomeRecord, Row, Said, Todo } from "../store/types";
import { PhoneFull } from "../store/vault";
import { box, run, vault } from "./phone";

/** What was saved last and can still be taken back. */
export interface Undoable {
  text: string;
  uids: string[];
}
export const undoable = shallowRef<Undoable>();
/** The phone is full: told on every page until there is room. */
export const full = ref(false);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Save things in one go. Says whether there was room. */
export async function say(said: { content: Content; about?: About }[], text: string): Promise<Row[] | undefined> {
  try {
    const rows = await box().addAll(said.map(({ content, about = {} }) => ({ content, about: { hold: HOLD_MS, ...about } })), now().toISOString());
    full.value = false;
    offer({ text, uids: rows.map((one) => one.uid) });
    void run();
    return rows;
  } catch (error) {
    if (!(error instanceof PhoneFull)) throw error;
    full.value = true;
    return undefined;
  }
}

function offer(one: Undoable): void {
  undoable.value = one;
  clearTimeout(timer);
  timer = setTimeout(() => (undoable.value = undefined), HOLD_MS);
}

/** Take back; false where it may have arrived already. */
export async function undo(uids: readonly string[]): Promise<boolean> {
  const done = await box().undo(uids);
  undoable.value = undefined;
  void run();
  return done;
}

export interface Ending {
  todo: Todo;
  outcome: OutcomeRecord;
  values?: Record<string, string | null>;
  note?: string;
  minutes: number;
  about: string;
  /** They had asked for this visit: it uses no knock. */
  invited?: boolean;
}

export function settle(endings: readonly Ending[], text: string): Promise<Row[] | undefined> {
  return say(
    endings.map(({ todo, outcome, values = {}, note = "", minutes, about, invited = false }) => ({
      content: {
        body: { kind: "settle", todo: todo.uid, outcome: outcome.code, values, minutes, note, invited },
        label: { title: { zh: todo.title_zh, en: todo.title_en }, about, outcome: { zh: outcome.zh, en: outcome.en } },
      },
      about: { todo: todo.uid, outcome: outcome.code, ends: outcome.ends, ...(uses(todo, invited) ? { knock: todo.household } : {}) },
    })),
    text,
  );
}

/** One thing that isn't about a to-do. */
export function tell(body: Said, label: Label, text: string, about: About = {}): Promise<Row[] | undefined> {
  return say([{ content: { body, label }, about }], text);
}

/** A look that took place without the server knowing: it is told later, and can't be taken back. */
export async function look(person: string, elements: string[], task: string, label: Label): Promise<void> {
  await box().add({ body: { kind: "look", person, elements, task }, label }, now().toISOString(), { person });
  void run();
}

interface Visit {
  door: string;
  since: number;
}

/** Real milliseconds since when somebody stands at this door; kept, so that a killed browser doesn't forget it. */
export async function arrive(door: string): Promise<number> {
  const visit = await vault.note<Visit>("visit");
  if (visit?.door === door && Date.now() - visit.since < 6 * 3_600_000) return visit.since;
  const since = Date.now();
  await vault.setNote("visit", { door, since });
  return since;
}

/** From here on the next matter's minutes count. */
export async function goOn(door: string): Promise<void> {
  await vault.setNote("visit", { door, since: Date.now() });
}

/** Whole minutes of a visit, shared among its matters: each at least one, all together what it took. */
export function shares(ms: number, matters: number): number[] {
  const whole = Math.max(Math.round(ms / 60_000), matters);
  return Array.from({ length: matters }, (_, n) => Math.floor((whole * (n + 1)) / matters) - Math.floor((whole * n) / matters));
}
