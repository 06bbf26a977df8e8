/** A sketch as SVG: paths in pixels, and names where there is room for them. Pure functions, no document needed. */
import { type Frame, project, toPixels } from "./mercator";
import type { Geometry, Sketch, SketchFeature, SketchKind, Spot } from "./types";

/** The `d` of a path for a geometry, to a tenth of a pixel; empty for a point. */
export function pathOf(geometry: Geometry, frame: Frame): string {
  if (geometry.type === "Point") return "";
  const surface = geometry.type.endsWith("Polygon");
  return linesOf(geometry)
    .map((line) => {
      const points = line.map((one) => toPixels(frame, one as Spot).map((side) => side.toFixed(1)).join(" "));
      return points.length ? `M${points.join("L")}${surface ? "Z" : ""}` : "";
    })
    .join("");
}

/** The paths of one kind joined into one, so that a thousand buildings are a single element. */
export function layerOf(sketch: Sketch, kind: SketchKind, frame: Frame, only?: (one: SketchFeature) => boolean): string {
  return sketch.features
    .filter((one) => one.properties.kind === kind && (!only || only(one)))
    .map((one) => pathOf(one.geometry, frame))
    .join("");
}

export interface Name {
  text: string;
  x: number;
  y: number;
  /** Degrees, clockwise, never upside down. */
  turn: number;
  kind: "road" | "water";
}

/** Names that fit: along the longest piece of each road in sight, the largest roads first, none over another. */
export function namesOf(sketch: Sketch, frame: Frame, size: number, taken: readonly Box[] = []): Name[] {
  const kept: Box[] = [...taken];
  const found: Name[] = [];
  const named = sketch.features.filter((one) => one.properties.name && (one.properties.kind === "road" || one.properties.kind === "water"));
  for (const [text, features] of grouped(named)) {
    const kind = features[0]?.properties.kind === "water" ? "water" : "road";
    const place = kind === "road" ? alongRoad(features, frame) : inWater(features, frame);
    if (!place) continue;
    const wide = widthOf(text, size);
    if (kind === "road" && place.length < wide * 0.7) continue;
    const box = boxOf(place.x, place.y, wide, size, place.turn);
    if (!inside(box, frame) || kept.some((one) => meet(one, box))) continue;
    kept.push(box);
    found.push({ text, x: place.x, y: place.y, turn: place.turn, kind });
  }
  return found;
}

/** Pixels that a text takes: Chinese a whole em, the rest a bit more than half of one. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, one) => sum + (/[\u2e80-\uffef]/u.test(one) ? 1 : 0.58), 0) * size;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Piece {
  x: number;
  y: number;
  turn: number;
  length: number;
}

function alongRoad(features: readonly SketchFeature[], frame: Frame): Piece | null {
  let best: Piece | null = null;
  for (const feature of features) {
    for (const line of linesOf(feature.geometry)) {
      const points = line.map((one) => toPixels(frame, one as Spot));
      for (const run of straightRuns(points, frame)) if (!best || run.length > best.length) best = run;
    }
  }
  return best;
}

/** Pieces of a line inside the frame that bend by less than 20 degrees. */
function straightRuns(points: readonly [number, number][], frame: Frame): Piece[] {
  const runs: Piece[] = [];
  let start = 0;
  for (let n = 1; n < points.length; n++) {
    const bent = n - start > 1 && bend(points, start, n) > 20;
    const last = n === points.length - 1;
    if (bent) {
      push(points[start], points[n - 1]);
      start = n - 1;
    }
    if (last) push(points[start], points[n]);
  }
  return runs;

  function push(from?: [number, number], to?: [number, number]): void {
    const piece = from && to ? clipped(from, to, frame) : null;
    if (!piece) return;
    const [[x1, y1], [x2, y2]] = piece;
    const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    runs.push({ x: (x1 + x2) / 2, y: (y1 + y2) / 2, turn: upright(angle), length: Math.hypot(x2 - x1, y2 - y1) });
  }
}

function bend(points: readonly [number, number][], start: number, end: number): number {
  const direction = (from: number, to: number): number => {
    const [x1, y1] = points[from] as [number, number];
    const [x2, y2] = points[to] as [number, number];
    return (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  };
  const turn = Math.abs(direction(end - 1, end) - direction(start, start + 1)) % 360;
  return turn > 180 ? 360 - turn : turn;
}

/** The part of a straight piece inside the frame (Liang and Barsky 1984); null where there is none. */
export function clipped(
  [x1, y1]: [number, number], [x2, y2]: [number, number], frame: Pick<Frame, "width" | "height">,
): [[number, number], [number, number]] | null {
  let [from, to] = [0, 1];
  for (const [step, room] of [
    [x1 - x2, x1], [x2 - x1, frame.width - x1], [y1 - y2, y1], [y2 - y1, frame.height - y1],
  ] as const) {
    if (step === 0 && room < 0) return null;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  if (from >= to) return null;
  return [[x1 + from * (x2 - x1), y1 + from * (y2 - y1)], [x1 + to * (x2 - x1), y1 + to * (y2 - y1)]];
}

/** The point of a few hundred tried that lies deepest in the water that is in sight. */
function inWater(features: readonly SketchFeature[], frame: Frame): Piece | null {
  const rings = features.filter((one) => one.geometry.type.endsWith("Polygon")).flatMap((one) =>
    linesOf(one.geometry).map((line) => line.map((spot) => toPixels(frame, spot as Spot))));
  const [columns, rows] = [16, 10];
  const wet = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (__, c) =>
    holds(rings, ((c + 0.5) * frame.width) / columns, ((r + 0.5) * frame.height) / rows)));
  let best: Piece | null = null;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (!wet[r]?.[c]) continue;
      let reach = 0;
      while (all(wet, r, c, reach + 1)) reach++;
      const length = reach * 2 + 1 - Math.abs(c + 0.5 - columns / 2) / columns; // of equals, the one in the middle
      if (!best || length > best.length)
        best = { x: ((c + 0.5) * frame.width) / columns, y: ((r + 0.5) * frame.height) / rows, turn: 0, length };
    }
  }
  return best;
}

function all(wet: readonly boolean[][], row: number, column: number, reach: number): boolean {
  for (let r = row - reach; r <= row + reach; r++)
    for (let c = column - reach; c <= column + reach; c++) if (!wet[r]?.[c]) return false;
  return true;
}

function holds(rings: readonly [number, number][][], x: number, y: number): boolean {
  let within = false;
  for (const ring of rings)
    for (let n = 0, m = ring.length - 1; n < ring.length; m = n++) {
      const [xa, ya] = ring[n] as [number, number];
      const [xb, yb] = ring[m] as [number, number];
      if (ya > y !== yb > y && x < ((xb - xa) * (y - ya)) / (yb - ya) + xa) within = !within;
    }
  return within;
}

function grouped(features: readonly SketchFeature[]): [string, SketchFeature[]][] {
  const by = new Map<string, SketchFeature[]>();
  for (const one of features) by.set(one.properties.name as string, [...(by.get(one.properties.name as string) ?? []), one]);
  return [...by].sort(([, a], [, b]) => (a[0]?.properties.rank ?? 9) - (b[0]?.properties.rank ?? 9));
}

export function linesOf(geometry: Geometry): number[][][] {
  switch (geometry.type) {
    case "Point": return [];
    case "LineString": return [geometry.coordinates];
    case "MultiLineString":
    case "Polygon": return geometry.coordinates;
    case "MultiPolygon": return geometry.coordinates.flat();
  }
}

/** An angle of writing: between -90 and 90 degrees. */
function upright(angle: number): number {
  return angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
}

function boxOf(x: number, y: number, wide: number, high: number, turn: number): Box {
  const [c, s] = [Math.abs(Math.cos((turn * Math.PI) / 180)), Math.abs(Math.sin((turn * Math.PI) / 180))];
  const [w, h] = [(wide * c + high * s) / 2 + 4, (wide * s + high * c) / 2 + 2];
  return { left: x - w, right: x + w, top: y - h, bottom: y + h };
}

function inside(box: Box, frame: Frame): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height;
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Every spot of the features of a kind (a grid's corners): to frame them. */
export function spotsOf(sketch: Sketch, kind: SketchKind, code = ""): Spot[] {
  return sketch.features
    .filter((one) => one.properties.kind === kind && (!code || one.properties.code === code))
    .flatMap((one) => linesOf(one.geometry).flat().map((spot): Spot => [spot[0] ?? 0, spot[1] ?? 0]));
}

/** Whether a projected spot is a number: what a broken file of an old phone may not be. */
export function isSpot(spot: readonly (number | undefined)[]): spot is Spot {
  return spot.length >= 2 && spot.slice(0, 2).every((one) => Number.isFinite(one)) && project(spot as unknown as Spot).every(Number.isFinite);
}
