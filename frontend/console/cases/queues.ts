/** The queues of a case desk: which there are for whom, and which filter of the server each one is. */
import type { components } from "@shared/api/schema";
import { asked, type Shape, type Values } from "../address";

export type Counts = components["schemas"]["CaseCounts"];

/** Every field of the server's filter may stand in the address: a figure anywhere opens its list here. */
export const SHAPE = {
  queue: "mine", text: "", kind: "", class_code: "", source: "", department: "", area: "", box: "", caller_of: "",
  public: null, without_grid: null, imported: null, asked: null, late: null, filed: null, counts: null, handled: null,
  on_time: null, closed: null, reworked: null, passed_on: null, reopened: null,
  reported_from: "", reported_to: "", filed_from: "", filed_to: "", counts_from: "", counts_to: "", closed_from: "", closed_to: "",
  order: "urgent", page: 1, size: 50,
} satisfies Shape;
export type CaseFilter = Values<typeof SHAPE>;

/** States in which somebody of a role has the next act. */
const MINE: Record<string, readonly string[]> = {
  acceptor: ["to_accept"],
  duty_chief: ["to_accept", "to_file", "to_close"],
  dispatcher: ["to_dispatch", "to_forward"],
  department_clerk: ["to_sign", "handling"],
  crew: ["handling"],
};
const STATES = ["to_accept", "to_verify", "to_file", "to_dispatch", "to_sign", "handling", "to_forward", "to_check", "to_close"];

/** The states that wait for somebody with these roles; none where the post only looks on. */
export function mine(roles: ReadonlySet<string>): string[] {
  return STATES.filter((state) => [...roles].some((role) => MINE[role]?.includes(state)));
}

/** The filter of a queue. "mine" of whoever only looks on is everything that is open. */
export function ofQueue(queue: string, roles: ReadonlySet<string>): Record<string, string | boolean> {
  if (queue === "all") return {};
  if (queue === "open") return { open: true };
  if (queue === "late") return { open: true, late: true };
  if (queue === "asked") return { open: true, asked: true };
  if (queue === "nowhere") return { open: true, without_grid: true };
  if (queue !== "mine") return { state: queue };
  const states = mine(roles);
  if (!states.length) return { open: true };
  const state = states.join(",");
  return roles.has("crew") && !roles.has("department_clerk") ? { state, mine: true } : { state };
}

/** What the server is asked for a list: the queue's filter and whatever else narrows. */
export function serverFilter(values: CaseFilter, roles: ReadonlySet<string>): Record<string, string | boolean> {
  const { queue: _queue, order: _order, ...rest } = SHAPE;
  return { ...(asked(rest, values) as Record<string, string | boolean>), ...ofQueue(values.queue, roles) };
}

/** Where a figure's list stands. */
export function listOf(filter: Record<string, string | number | boolean>): { path: string; query: Record<string, string> } {
  const { state, open, ...rest } = filter;
  const queue = typeof state === "string" ? state : rest.late === true && open ? "late" : open ? "open" : "all";
  const query = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  if (queue === "late") delete query.late;
  return { path: "/cases", query: { queue, ...query } };
}

export interface Queue {
  name: string;
  count: number;
  late?: number;
  tone?: "late" | "soon";
}

export interface Group {
  name: string;
  /** Somebody else's axis: seen, not acted on. */
  watched: boolean;
  queues: Queue[];
}

const SUPERVISES = ["acceptor", "duty_chief"];
const HANDLES = ["department_clerk", "crew"];

/** The queues in groups by axis, for these roles, with how many wait in each. */
export function groupsOf(counts: Counts, roles: ReadonlySet<string>): Group[] {
  const has = (some: readonly string[]): boolean => some.some((role) => roles.has(role));
  const of = new Map(counts.queues.map((one) => [one.state, one]));
  const queues = (...states: string[]): Queue[] =>
    states.map((state) => ({ name: state, count: of.get(state)?.count ?? 0, late: of.get(state)?.late ?? 0 }));
  const sum = (some: Queue[]): number => some.reduce((whole, one) => whole + one.count, 0);
  const own = queues(...mine(roles));
  const supervision = !has(SUPERVISES);
  const all: Queue[] = [
    { name: "late", count: counts.late, tone: counts.late ? "late" : undefined },
    { name: "shelved", count: counts.shelved },
  ];
  if (has(HANDLES) && !has([...SUPERVISES, "dispatcher"])) {
    return [
      { name: "inbox", watched: false, queues: [{ name: "mine", count: sum(own) }, ...queues("to_sign", "handling"), { name: "asked", count: counts.asked }] },
      { name: "limits", watched: false, queues: all },
      { name: "sent", watched: true, queues: queues("to_forward", "to_check", "to_close") },
    ];
  }
  const first: Queue = own.length ? { name: "mine", count: sum(own) } : { name: "open", count: sum(queues(...STATES)) + counts.shelved };
  return [
    { name: "mine", watched: false, queues: [first, ...(roles.has("duty_chief") ? [{ name: "asked", count: counts.asked }] : [])] },
    { name: "supervision", watched: supervision, queues: queues("to_accept", "to_verify", "to_file") },
    { name: "command", watched: !roles.has("dispatcher"), queues: queues("to_dispatch", "to_sign", "handling", "to_forward") },
    { name: "supervision", watched: supervision, queues: queues("to_check", "to_close") },
    { name: "all", watched: false, queues: all },
  ];
}

/** Whoever works through a department's inbox sees the wide table. */
export function isDepartment(roles: ReadonlySet<string>): boolean {
  return HANDLES.some((role) => roles.has(role)) && !SUPERVISES.some((role) => roles.has(role)) && !roles.has("dispatcher");
}
