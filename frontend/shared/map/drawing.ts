/** What a page draws over the map: the line of a walk and a dashed circle. */
import type { GeoJSONSource, Map as LibreMap } from "./engine";
import { ring } from "./mercator";
import type { Circle, MapPoint, Spot } from "./types";

type Data = Parameters<GeoJSONSource["setData"]>[0];

export function drawOver(map: LibreMap, token: (name: string) => string, walk: readonly MapPoint[], circle: Circle | null): void {
  put(map, "walk", lineOf(walk.map((one): Spot => [one.lon, one.lat])), { "line-color": token("brand"), "line-width": 3.5 });
  put(map, "circle", lineOf(circle ? ring(circle.lon, circle.lat, circle.metres) : []), {
    "line-color": token("brand"), "line-width": 1.6, "line-dasharray": [2.5, 2.5],
  });
}

export function lineOf(coordinates: Spot[]): Data {
  return {
    type: "FeatureCollection",
    features: coordinates.length > 1 ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }] : [],
  };
}

function put(map: LibreMap, id: string, data: Data, paint: Record<string, unknown>): void {
  const source = map.getSource(id) as GeoJSONSource | undefined;
  if (source) source.setData(data);
  else map.addSource(id, { type: "geojson", data });
  if (!map.getLayer(id))
    map.addLayer({ id, type: "line", source: id, layout: { "line-cap": "round", "line-join": "round" }, paint });
}
