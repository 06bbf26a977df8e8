/**
 * The figures of the cockpit, at most nine. Each is one filter: it is counted through it and its list opens through it,
 * so that a figure can't differ from the length of its list.
 */
import { api } from "@shared/api/client";

import { read, write } from "../address";
import { listOf } from "../cases/queues";
import { SHAPE as TODOS } from "../grid/todos";
import type { Period } from "./period";

type Filter = Record<string, string | number | boolean>;
export interface Figure {
  name: string;
  of: "cases" | "todos" | "services";
  filter: Filter;
  tone?: "done" | "late";
}
export interface Block {
  name: string;
  figures: Figure[];
}

/** Left: what came in, what was done and what is overdue now, of cases and of to-dos. Right: who misses out, and what was brought. */
export function blocksOf(period: Period, area: string): Block[] {
  const place: Filter = area ? { area } : {};
  const cases = (name: string, filter: Filter, tone?: Figure["tone"]): Figure => ({ name, of: "cases", filter: { ...place, ...filter }, tone });
  const below: Filter = area ? { grid: area } : {};
  const todos = (name: string, filter: Filter, tone?: Figure["tone"]): Figure => ({ name, of: "todos", filter: { ...below, ...filter }, tone });
  const services = (name: string, state: string, tone?: Figure["tone"]): Figure => ({ name, of: "services", filter: { ...place, ...(state ? { state } : {}) }, tone });
  return [
    {
      name: "cases",
      figures: [
        cases("reported", { reported_from: period.from_on, reported_to: period.to_on, imported: false }),
        cases("closed", { closed: true, closed_from: period.from_on, closed_to: period.to_on, imported: false }, "done"),
        cases("late", { open: true, late: true }, "late"),
      ],
    },
    {
      name: "todos",
      figures: [
        todos("pushed", { state: "", created_from: period.from_on, created_to: period.to_on }),
        todos("done", { state: "settled", settled_from: period.from_on, settled_to: period.to_on }, "done"),
        todos("overdue", { state: "open", overdue: true }, "late"),
      ],
    },
    { name: "services", figures: [services("notReceiving", ""), services("withWorker", "pushed"), services("settled", "settled", "done")] },
  ];
}

/** Where the list of a figure stands. */
export function linkOf(figure: Figure): { path: string; query: Record<string, string> } {
  if (figure.of === "cases") return listOf(figure.filter);
  if (figure.of === "todos") return { path: "/todos", query: write(TODOS, { ...read(TODOS, {}), ...figure.filter, ...(figure.filter.state === "" ? { state: "any" } : {}) }) };
  return { path: "/entitled", query: Object.fromEntries(Object.entries(figure.filter).map(([name, value]) => [name, String(value)])) };
}

/** How long the list of a figure is, by the server that serves the list. */
export async function count(figure: Figure): Promise<number> {
  const query = { ...figure.filter, limit: 0 };
  switch (figure.of) {
    case "cases":
      return (await api.GET("/api/cases/", { params: { query } })).data?.total ?? 0;
    case "todos":
      return (await api.GET("/api/todos/", { params: { query } })).data?.total ?? 0;
    default:
      return (await api.GET("/api/services/entitled", { params: { query } })).data?.total ?? 0;
  }
}
