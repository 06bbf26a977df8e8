/** Acts on a case: what each asks for, where it goes, which key it has. What may be done now, the server says (`acts`). */
import { api } from "@shared/api/client";
import { once } from "@shared/api/once";
import type { components } from "@shared/api/schema";

export type Act = components["schemas"]["ActRecord"];
export type CaseRecord = components["schemas"]["CaseRecord"];
type Acting = components["schemas"]["Acting"];
type Happened = components["schemas"]["Happened"];

/** What a form may ask for. `reason` and `said` are sent apart: one says why, the other what was done. */
export type Field = "rule" | "department" | "crew" | "into" | "class_code" | "address" | "description" | "amount" | "until" | "reason" | "said" | "note" | "photos";
export type Given = Partial<Record<Exclude<Field, "photos">, string>> & { photos?: string[] };

export interface Form {
  to: string;
  asks: readonly Field[];
  needs: readonly Field[];
  fixed?: Record<string, string | boolean>;
  key?: string;
}

const form = (to: string, needs: readonly Field[], more: Partial<Form> & { may?: readonly Field[] } = {}): Form => {
  const { may = [], ...rest } = more;
  return { to, needs, asks: [...needs, ...may], ...rest };
};

export const FORMS: Record<string, Form> = {
  accept: form("accept", [], { key: "a" }),
  reject: form("reject", ["reason"], { key: "r" }),
  file: form("file", ["rule"], { may: ["note"], key: "f" }),
  dispatch: form("dispatch", ["department"], { may: ["note"], key: "d" }),
  sign: form("sign", [], { key: "s" }),
  assign: form("assign", ["crew"], { may: ["note"], key: "g" }),
  handle: form("handle", ["said"], { may: ["photos"], key: "h" }),
  feed_back: form("feed_back", ["said"], { may: ["photos"], key: "b" }),
  forward: form("forward", [], { key: "w" }),
  send_back: form("send_back", ["reason"], { key: "t" }),
  close: form("close", [], { key: "c" }),
  rework: form("rework", ["reason"], { key: "w" }),
  resume: form("resume", [], { key: "u" }),
  give_back: form("apply", ["reason"], { fixed: { kind: "give_back" } }),
  extend: form("apply", ["amount", "reason"], { fixed: { kind: "extend" } }),
  shelve: form("apply", ["until", "reason"], { fixed: { kind: "shelve" } }),
  allow_give_back: form("decide", [], { fixed: { grant: true }, may: ["note"], key: "y" }),
  allow_extend: form("decide", [], { fixed: { grant: true }, may: ["amount", "note"], key: "y" }),
  allow_shelve: form("decide", [], { fixed: { grant: true }, may: ["note"], key: "y" }),
  refuse: form("decide", ["note"], { fixed: { grant: false }, key: "n" }),
  merge: form("merge", ["into"], { key: "m" }),
  edit: form("edit", [], { may: ["class_code", "address", "description"], key: "e" }),
  supervise: form("supervise", ["said"], { key: "o" }),
  void: form("void", ["reason"]), // no key: it shouldn't happen by a slip of the finger
};

const MAIN = ["accept", "file", "dispatch", "sign", "feed_back", "forward", "close", "rework", "resume"];
const BESIDE = ["allow_give_back", "allow_extend", "allow_shelve", "refuse", "send_back", "assign", "handle", "edit"];

/** My acts in the order of their weight: the main one, those beside it, and the rest for the menu. */
export function weigh(acts: readonly Act[]): { main?: Act; beside: Act[]; menu: Act[] } {
  const own = acts.filter((one) => one.mine && one.verb in FORMS);
  const main = own.find((one) => MAIN.includes(one.verb));
  const rest = own.filter((one) => one !== main);
  const beside = rest.filter((one) => BESIDE.includes(one.verb));
  return { main, beside, menu: rest.filter((one) => !beside.includes(one)) };
}

/** Whether an act is done by its button alone. With one filing rule there is nothing to choose. */
export function speaksForItself(verb: string, rules: number): boolean {
  return verb === "file" ? rules <= 1 : (FORMS[verb]?.asks.length ?? 1) === 0;
}

/** What a limit is counted in: more time is asked for in the same unit, or the server refuses it. */
export function unitOf(limit: string): string {
  return limit.replace(/^[\d./\s]+/, "");
}

/** What is still to be filled in. */
export function missing(verb: string, given: Given): Field[] {
  return (FORMS[verb]?.needs ?? []).filter((one) => one !== "photos" && !given[one]?.trim());
}

/** What is sent: nothing that was left empty, `version` so that whoever comes second is told. */
export function bodyOf(verb: string, given: Given, version: number): Record<string, unknown> {
  const { rule, said, photos: _photos, ...texts } = given;
  const told = said?.trim() ? { note: said.trim() } : {};
  const filled = Object.entries(texts).filter(([name, text]) => FORMS[verb]?.asks.includes(name as Field) && text?.trim());
  return {
    version, ...FORMS[verb]?.fixed, ...Object.fromEntries(filled.map(([name, text]) => [name, text?.trim()])), ...told,
    ...(verb === "file" ? { rule: Number(rule ?? 1) } : {}),
  };
}

/**
 * A way to do acts: photos go first, each by itself. What is done again after a lost answer keeps its keys, so that no photo is
 * sent twice. What it returns raises `Refusal` with the server's words.
 */
export function doing(): (uid: string, verb: string, given: Given, version: number) => Promise<Happened> {
  const keys = { photos: once(), act: once() };
  return async (uid, verb, given, version) => {
    const at = { path: { uid } };
    let seen = version;
    if (given.photos?.length) {
      const body = { photos: given.photos };
      const kept = await api.POST("/api/cases/{uid}/photos", { params: at, body, headers: keys.photos({ uid, body }) });
      seen = kept.data?.version ?? seen;
    }
    // All verbs are sent to one kind of address; their bodies are those of `bodyOf`, which the tests hold.
    const path = `/api/cases/{uid}/${FORMS[verb]?.to ?? verb}` as "/api/cases/{uid}/accept";
    const body = bodyOf(verb, given, seen) as unknown as Acting;
    const { data } = await api.POST(path, { params: at, body, headers: keys.act({ uid, verb, body }) });
    return data as Happened;
  };
}

/** The act of mine that leads back to where the case came from; the table of moves has few. */
export function wayBack(before: string, after: CaseRecord): Act | undefined {
  return after.acts.find((one) => one.mine && one.to_state === before && after.state !== before);
}
