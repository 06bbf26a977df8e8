/** The style of the large map, made from the house's tokens: no colour is named here. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "@maplibre/maplibre-gl-style-spec";

import type { Bounds } from "./types";

export interface Shown {
  grids: boolean;
  buildings: boolean;
  selected: string;
  english: boolean;
}

export interface Tiles {
  version: string;
  bounds: Bounds;
}

/** Zooms at which the server puts buildings and grids into a tile; nothing is asked beyond the closest. */
export const TILES = { from: 6, to: 15, buildings: 14, grids: 12 } as const;

type Token = (name: string) => string;

/** The value of a token as the page has it now. */
export function tokensOf(element: Element): Token {
  const computed = getComputedStyle(element);
  return (name) => computed.getPropertyValue(`--${name}`).trim();
}

/** Families of the page's font, as MapLibre wants them: it draws letters by the browser's own fonts, none is fetched. */
export function families(font: string): string[] {
  return font.split(",").map((one) => one.trim().replace(/^["']|["']$/g, "")).filter(Boolean);
}

export function styleOf(token: Token, shown: Shown, tiles: Tiles): StyleSpecification {
  return {
    version: 8,
    sources: {
      city: {
        type: "vector",
        tiles: [`${location.origin}/api/areas/tiles/{z}/{x}/{y}?version=${encodeURIComponent(tiles.version)}`],
        minzoom: TILES.from, maxzoom: TILES.to,
      },
    },
    layers: layers(token, shown),
  };
}

function layers(token: Token, shown: Shown): LayerSpecification[] {
  const land = token("map-land");
  const font = families(token("font"));
  const text = (size: number | ExpressionSpecification): object => ({ "text-font": font, "text-size": size, "text-padding": 6 });
  const drawn: LayerSpecification[] = [
    { id: "land", type: "background", paint: { "background-color": land } },
    {
      id: "water", type: "fill", source: "city", "source-layer": "water", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": token("map-water") },
    },
    {
      id: "stream", type: "line", source: "city", "source-layer": "water", filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": token("map-water"), "line-width": zoomed([12, 1], [17, 6]) },
    },
    ...road("edge", token("line"), 1.6), ...road("road", token("map-road"), 0),
  ];
  if (shown.buildings)
    drawn.push({
      id: "building", type: "fill", source: "city", "source-layer": "building", minzoom: TILES.buildings,
      paint: {
        "fill-color": token("map-building"), "fill-outline-color": token("line"),
        "fill-opacity": zoomed([TILES.buildings, 0.5], [15.5, 1]),
      },
    });
  drawn.push({
    id: "division", type: "line", source: "city", "source-layer": "division", layout: { "line-join": "round" },
    paint: { "line-color": token("brand"), "line-width": zoomed([10, 0.8], [16, 2.6]) },
  });
  if (shown.grids) drawn.push(...grids(token, shown));
  drawn.push(...names(token, shown, text));
  return drawn;
}

/** Roads by rank: the largest are the widest; small ones come when there is room for them. */
function road(id: string, colour: string, more: number): LayerSpecification[] {
  const widths: [rank: number, from: number, far: number, near: number][] = [
    [4, 14, 0.8, 8], [3, 13, 1, 11], [2, 11, 1.2, 15], [1, 6, 1.6, 20],
  ];
  return widths.map(([rank, minzoom, far, near]) => ({
    id: `${id}-${rank}`, type: "line", source: "city", "source-layer": "road", minzoom,
    filter: rank === 4 ? [">=", ["get", "rank"], 4] : ["==", ["get", "rank"], rank],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": colour, "line-width": zoomed([minzoom, far + more / 2], [18, near + more]) },
  }));
}

function grids(token: Token, shown: Shown): LayerSpecification[] {
  const mine: ExpressionSpecification = ["==", ["get", "code"], shown.selected];
  return [
    // A surface that isn't seen, so that a click finds the grid.
    { id: "grid", type: "fill", source: "city", "source-layer": "grid", paint: { "fill-color": token("brand"), "fill-opacity": 0 } },
    {
      id: "grid-chosen", type: "fill", source: "city", "source-layer": "grid", filter: mine,
      paint: { "fill-color": token("brand"), "fill-opacity": 0.12 },
    },
    {
      id: "grid-line", type: "line", source: "city", "source-layer": "grid", layout: { "line-join": "round" },
      paint: {
        "line-color": token("brand"), "line-width": zoomed([12, 0.5], [17, 1.4]), "line-opacity": 0.8,
      },
    },
    {
      id: "grid-chosen-line", type: "line", source: "city", "source-layer": "grid", filter: mine,
      layout: { "line-join": "round" }, paint: { "line-color": token("brand"), "line-width": 3 },
    },
  ];
}

function names(token: Token, shown: Shown, text: (size: number | ExpressionSpecification) => object): LayerSpecification[] {
  const halo = { "text-halo-color": token("map-land"), "text-halo-width": 1.6 };
  const name: ExpressionSpecification = shown.english
    ? ["case", ["!=", ["coalesce", ["get", "name_en"], ""], ""], ["get", "name_en"], ["get", "name_zh"]]
    : ["get", "name_zh"];
  const number: ExpressionSpecification = shown.english ? ["concat", "Grid ", ["to-string", ["get", "number"]]] : ["get", "short"];
  const labels: LayerSpecification[] = [
    {
      id: "road-name", type: "symbol", source: "city", "source-layer": "road", minzoom: 13.5,
      layout: {
        ...text(zoomed([14, 11], [18, 14])), "symbol-placement": "line", "text-field": ["get", "name"], "symbol-spacing": 320,
        "text-letter-spacing": 0.06, "text-max-angle": 30, "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": token("ink-second"), ...halo, "text-halo-color": token("map-road") },
    },
    {
      id: "water-name", type: "symbol", source: "city", "source-layer": "label", filter: ["==", ["get", "kind"], "water"],
      layout: { ...text(zoomed([11, 13], [16, 18])), "text-field": name, "text-letter-spacing": 0.5 },
      paint: { "text-color": token("brand"), "text-halo-color": token("map-water"), "text-halo-width": 1.4 },
    },
  ];
  if (shown.grids)
    labels.push({
      id: "grid-name", type: "symbol", source: "city", "source-layer": "label", minzoom: 14, filter: ["==", ["get", "kind"], "grid"],
      layout: { ...text(zoomed([14, 11], [17, 13])), "text-field": number },
      paint: { "text-color": token("ink"), ...halo },
    });
  labels.push({
    id: "division-name", type: "symbol", source: "city", "source-layer": "label", filter: ["==", ["get", "kind"], "division"],
    layout: { ...text(zoomed([11, 12], [16, 15])), "text-field": name },
    paint: { "text-color": token("brand-strong"), ...halo, "text-halo-width": 2 },
  });
  return labels;
}

function zoomed(...stops: [zoom: number, value: number][]): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.4], ["zoom"], ...stops.flat()] as unknown as ExpressionSpecification;
}
