/** What a map shows, as it stands in a page's address: it can be sent, kept and gone back to. */
import type { LocationQuery, LocationQueryRaw } from "vue-router";

import type { MapView, PointSource, Spot } from "./types";

export interface MapState {
  cases: boolean;
  todos: boolean;
  late: boolean;
  grids: boolean;
  buildings: boolean;
  /** `case:<uid>`, `todo:<uid>`, `grid:<code>`, `building:<place>` */
  chosen: string;
  centre: Spot | null;
  zoom: number;
}

const LAYERS = ["cases", "todos", "grids", "buildings"] as const;
const KINDS = ["case", "todo", "grid", "building"];

export function stateOf(query: LocationQuery): MapState {
  const text = (name: string): string => (typeof query[name] === "string" ? query[name] : "");
  const layers = new Set(typeof query.layers === "string" ? query.layers.split(",") : LAYERS);
  const at = text("at").split(",").map(Number);
  const whole = at.length === 3 && at.every(Number.isFinite);
  return {
    cases: layers.has("cases"), todos: layers.has("todos"), grids: layers.has("grids"), buildings: layers.has("buildings"),
    late: text("late") === "1",
    chosen: KINDS.includes(text("chosen").split(":")[0] ?? "") ? text("chosen") : "",
    centre: whole ? [at[0] as number, at[1] as number] : null,
    zoom: whole ? (at[2] as number) : 15,
  };
}

/** The address of a state: what is usual isn't said. */
export function queryOf(state: MapState): LocationQueryRaw {
  const on = LAYERS.filter((one) => state[one]);
  return {
    ...(on.length === LAYERS.length ? {} : { layers: on.join(",") }),
    ...(state.late ? { late: "1" } : {}),
    ...(state.chosen ? { chosen: state.chosen } : {}),
    ...(state.centre ? { at: [state.centre[0].toFixed(5), state.centre[1].toFixed(5), state.zoom.toFixed(2)].join(",") } : {}),
  };
}

/** What the map asks for: layers that are on, of lists that the viewer may see. */
export function sourcesOf(state: MapState, may: (permission: string) => boolean): PointSource[] {
  const sources: PointSource[] = [];
  if (state.cases && may("cases.see")) sources.push({ of: "cases", filter: { open: true, late: state.late || undefined } });
  if (state.todos && may("todos.see")) sources.push({ of: "todos", filter: { state: "open", overdue: state.late || undefined } });
  return sources;
}

export function movedTo(state: MapState, view: MapView): MapState {
  return { ...state, centre: view.centre, zoom: view.zoom };
}
