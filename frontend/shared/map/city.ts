/** What the map of this installation is: its extent, and the edition of its data, which makes tiles cacheable for good. */
import { api } from "../api/client";
import type { Tiles } from "./style";
import type { Bounds, Sketch } from "./types";

let asked: Promise<Tiles> | null = null;
let since = 0;
const FRESH = 5 * 60_000;

/** Asked once in a few minutes, however many maps a page has; a failed question is asked again. */
export function cityMap(): Promise<Tiles> {
  if (asked && Date.now() - since < FRESH) return asked;
  since = Date.now();
  asked = api.GET("/api/areas/map").then(({ data }) => ({
    version: data?.version ?? "",
    bounds: (data?.bounds ?? [73, 18, 135, 54]) as Bounds,
  }));
  asked.catch(() => (asked = null));
  return asked;
}

/** A small drawing of a box of at most four kilometres, for `StripMap`. */
export async function sketchOf(bounds: Bounds): Promise<Sketch> {
  const bbox = bounds.map((side) => side.toFixed(6)).join(",");
  const { data } = await api.GET("/api/areas/sketch", { params: { query: { bbox } } });
  return data as unknown as Sketch;
}
