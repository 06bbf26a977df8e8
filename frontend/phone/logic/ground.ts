/** Where a point lies, without a network: whether the grid holds it, and which neighbour does. */
import type { Bundle } from "../store/types";

type Ring = readonly (readonly number[])[];

interface Feature {
  geometry: { type: string; coordinates: unknown };
  properties: { kind?: string; code?: string; name?: string };
}

export interface Standing {
  /** A grid's code, empty where the sketch has none. */
  code: string;
  name: string;
  /** Whether it is the worker's own grid. */
  own: boolean;
}

/** The grid of the sketch that holds a point. */
export function gridAt(ground: Bundle["ground"], lon: number, lat: number): Standing {
  for (const one of (ground.sketch?.features ?? []) as unknown as Feature[]) {
    if (one.properties.kind !== "grid" || !holds(one.geometry, lon, lat)) continue;
    const { code = "", name = "" } = one.properties;
    return { code, name: name || code, own: code === ground.grid };
  }
  return { code: "", name: "", own: false };
}

function holds(geometry: Feature["geometry"], lon: number, lat: number): boolean {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates as Ring[]] : geometry.type === "MultiPolygon" ? (geometry.coordinates as Ring[][]) : [];
  // Even-odd over all rings: a hole takes out what its outline took in.
  return polygons.some((rings) => rings.filter((ring) => within(ring, lon, lat)).length % 2 === 1);
}

function within(ring: Ring, lon: number, lat: number): boolean {
  let inside = false;
  for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
    const [xa = 0, ya = 0] = ring[n] ?? [];
    const [xb = 0, yb = 0] = ring[m] ?? [];
    if (ya > lat !== yb > lat && lon < ((xb - xa) * (lat - ya)) / (yb - ya) + xa) inside = !inside;
  }
  return inside;
}
