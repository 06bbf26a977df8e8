/** Points that the server clusters, fetched for what is in sight; and marks made of them. */
import { api } from "../api/client";
import type { components } from "../api/schema";
import type { Bounds, Counted, MapPoint, MapView, PointSource, Selection, Tone } from "./types";

export type Points = components["schemas"]["Points"];
export type PointGroup = components["schemas"]["PointGroup"];

/** A mark on the map: what is drawn, said, and chosen by a press. */
export interface Mark {
  point: MapPoint;
  what: Selection;
  /** Zooming in may take it apart. */
  apart: boolean;
  count: number;
  /** Some of them are overdue. */
  late: boolean;
}

/** West, south, east, north as the server takes them. */
export function boxOf(bounds: Bounds): string {
  return bounds.map((side) => side.toFixed(6)).join(",");
}

/** What a source has in sight, in one line. */
export function countedOf(source: PointSource, points: Points): Counted {
  return { of: source.of, total: points.total, late: points.items.reduce((sum, one) => sum + one.late, 0) };
}

/** The points of a source inside a view. */
export async function pointsOf(source: PointSource, view: MapView, signal?: AbortSignal): Promise<Points> {
  const query = { ...given(source.filter ?? {}), box: boxOf(view.bounds), zoom: Math.round(view.zoom) };
  const path = source.of === "cases" ? "/api/cases/points" : "/api/todos/points";
  const { data } = await api.GET(path, { params: { query }, signal });
  return data as Points;
}

function given(filter: NonNullable<PointSource["filter"]>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(filter).filter((one): one is [string, string | number | boolean] => one[1] !== undefined && one[1] !== ""),
  );
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** The mark of one group: a case is a square, a door a circle; several of them show how many. */
export function markOf(of: PointSource["of"], group: PointGroup, english: boolean, t: Say): Mark {
  // One overdue thing among sixty doesn't make all of them red.
  const tone: Tone = group.late && group.late === group.count ? "late" : "brand";
  const shape = of === "cases" || group.case ? "case" : "door";
  const id = group.uid || `${of}:${group.box}`;
  if (group.uid) {
    const label = [english ? group.label_en : group.label_zh, group.address].filter(Boolean).join(" · ");
    return {
      apart: false, count: 1, late: group.late > 0,
      point: { id, shape, lon: group.lon, lat: group.lat, label, tone },
      what: { kind: of === "cases" ? "case" : "todo", uid: group.uid, label, lon: group.lon, lat: group.lat },
    };
  }
  const said = [
    t(group.one_place ? "map.clusterHere" : "map.cluster", { count: group.count }),
    group.late ? t("map.late", { count: group.late }) : "",
    group.address,
  ];
  const { count, late, lon, lat, box, address } = group;
  return {
    apart: !group.one_place, count, late: late > 0,
    point: { id, shape, lon, lat, tone, label: said.filter(Boolean).join(" · "), mark: short(count) },
    what: { kind: "cluster", cluster: { of, count, late, lon, lat, box, address, onePlace: group.one_place } },
  };
}

/** A number that fits into a mark. */
export function short(count: number): string {
  return count < 1000 ? String(count) : count < 10_000 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}
