/** Web Mercator by hand: what a small drawing needs without a map library. World coordinates run from 0 to 1, y downwards. */
import type { Bounds, Spot } from "./types";

const EQUATOR_M = 40_075_016.686;
/** Pixels of the world at zoom 0, as MapLibre counts zoom. */
export const WORLD_PX = 512;

export function project([lon, lat]: Spot): [x: number, y: number] {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function unproject([x, y]: [number, number]): Spot {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/** Metres of a pixel at a latitude and zoom. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom);
}

/** The smallest box around spots; nothing where there are none. */
export function boundsOf(spots: readonly Spot[]): Bounds | null {
  if (!spots.length) return null;
  const lons = spots.map((one) => one[0]);
  const lats = spots.map((one) => one[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The ring of a circle of so many metres around a spot, closed. */
export function ring(lon: number, lat: number, metres: number, corners = 72): Spot[] {
  const up = (metres / EQUATOR_M) * 360;
  const aside = up / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  return Array.from({ length: corners + 1 }, (_, n): Spot => {
    const turn = (2 * Math.PI * (n % corners)) / corners;
    return [lon + aside * Math.cos(turn), lat + up * Math.sin(turn)];
  });
}

/** The longest round length (1, 2 or 5 times a power of ten) that fits into so many pixels. */
export function scaleBar(metresAPixel: number, most = 100): { metres: number; px: number } {
  const room = metresAPixel * most;
  const power = 10 ** Math.floor(Math.log10(room));
  const metres = [5, 2, 1].map((one) => one * power).find((one) => one <= room) ?? power;
  return { metres, px: metres / metresAPixel };
}

/** A place on the drawing for every spot: scale, turn (radians) and middle chosen once. */
export interface Frame {
  width: number;
  height: number;
  turn: number;
  /** Pixels of the whole world. */
  scale: number;
  middle: [x: number, y: number];
}

/** A frame that shows all spots with room around them; `level` turns it so that they run from left to right. */
export function frameOf(
  spots: readonly Spot[],
  size: { width: number; height: number },
  options: { pad?: number; level?: boolean; closest?: number } = {},
): Frame {
  const { pad = 24, level = false, closest = 18 } = options;
  const points = spots.map(project);
  const turn = level ? -slope(points) : 0;
  const turned = points.map(([x, y]) => rotate(x, y, turn));
  const xs = turned.map((one) => one[0]);
  const ys = turned.map((one) => one[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const inner = [Math.max(size.width - 2 * pad, 1), Math.max(size.height - 2 * pad, 1)] as const;
  const fits = Math.min(inner[0] / Math.max(right - left, 1e-12), inner[1] / Math.max(bottom - top, 1e-12));
  return {
    ...size,
    turn,
    scale: Math.min(fits, WORLD_PX * 2 ** closest),
    middle: points.length ? [(left + right) / 2, (top + bottom) / 2] : [0.5, 0.5],
  };
}

/** Metres of a pixel in the middle of a frame. */
export function metresOf(frame: Frame): number {
  const [x, y] = rotate(frame.middle[0], frame.middle[1], -frame.turn);
  return (EQUATOR_M * Math.cos((unproject([x, y])[1] * Math.PI) / 180)) / frame.scale;
}

/** Pixels of a spot in a frame. */
export function toPixels(frame: Frame, spot: Spot): [x: number, y: number] {
  const [px, py] = project(spot);
  const [x, y] = rotate(px, py, frame.turn);
  return [
    frame.width / 2 + (x - frame.middle[0]) * frame.scale,
    frame.height / 2 + (y - frame.middle[1]) * frame.scale,
  ];
}

/** The spot under a pixel. */
export function toSpot(frame: Frame, x: number, y: number): Spot {
  const rx = (x - frame.width / 2) / frame.scale + frame.middle[0];
  const ry = (y - frame.height / 2) / frame.scale + frame.middle[1];
  return unproject(rotate(rx, ry, -frame.turn));
}

/** The box that a frame shows. */
export function shownBy(frame: Frame): Bounds {
  const corners = [
    [0, 0],
    [frame.width, 0],
    [0, frame.height],
    [frame.width, frame.height],
  ] as const;
  return boundsOf(corners.map(([x, y]) => toSpot(frame, x, y))) as Bounds;
}

function rotate(x: number, y: number, turn: number): [number, number] {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return [x * c - y * s, x * s + y * c];
}

/** The direction in which points spread most, between -90 and 90 degrees: the first axis of their covariance. */
function slope(points: readonly [number, number][]): number {
  if (points.length < 2) return 0;
  const mx = points.reduce((sum, one) => sum + one[0], 0) / points.length;
  const my = points.reduce((sum, one) => sum + one[1], 0) / points.length;
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of points) {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (y - my);
    yy += (y - my) ** 2;
  }
  return 0.5 * Math.atan2(2 * xy, xx - yy);
}
