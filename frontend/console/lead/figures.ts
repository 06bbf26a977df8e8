/**
 * The figures of the cockpit, at most nine. Each is one filter: it is counted through it and its list opens through it,
 * so that a figure can't differ from the length of its list.
 */
import { api } from "@shared/api/client";

import { listOf } from "../cases/queues";
import type { Period } from "./period";

type Filter = Record<string, string | number | boolean>;
export interface Figure {
  name: string;
  of: "cases" | "services";
  filter: Filter;
  tone?: "done" | "late";
}
export interface Block {
  name: string;
  figures: Figure[];
}

/** Left: the cases of the period and what is open now. Right: who misses out, and what was brought. */
export function blocksOf(period: Period, area: string): Block[] {
  const place: Filter = area ? { area } : {};
  const cases = (name: string, filter: Filter, tone?: Figure["tone"]): Figure => ({ name, of: "cases", filter: { ...place, ...filter }, tone });
  const services = (name: string, state: string, tone?: Figure["tone"]): Figure => ({ name, of: "services", filter: { ...place, ...(state ? { state } : {}) }, tone });
  return [
    {
      name: "cases",
      figures: [
        cases("reported", { reported_from: period.from_on, reported_to: period.to_on, imported: false }),
        cases("closed", { closed: true, closed_from: period.from_on, closed_to: period.to_on, imported: false }, "done"),
        cases("reopened", { reopened: true, reported_from: period.from_on, reported_to: period.to_on, imported: false }),
      ],
    },
    { name: "now", figures: [cases("open", { open: true }), cases("late", { open: true, late: true }, "late"), cases("shelved", { state: "shelved" })] },
    { name: "services", figures: [services("notReceiving", ""), services("withWorker", "pushed"), services("settled", "settled", "done")] },
  ];
}

/** Where the list of a figure stands. */
export function linkOf(figure: Figure): { path: string; query: Record<string, string> } {
  if (figure.of === "cases") return listOf(figure.filter);
  return { path: "/entitled", query: Object.fromEntries(Object.entries(figure.filter).map(([name, value]) => [name, String(value)])) };
}

/** How long the list of a figure is, by the server that serves the list. */
export async function count(figure: Figure): Promise<number> {
  const query = { ...figure.filter, limit: 0 };
  const { data } = figure.of === "cases" ? await api.GET("/api/cases/", { params: { query } }) : await api.GET("/api/services/entitled", { params: { query } });
  return data?.total ?? 0;
}
