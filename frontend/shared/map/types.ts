/** What the maps speak of. Positions are degrees (CGCS2000, which differs from WGS-84 by centimetres). */

export type Spot = [lon: number, lat: number];
export type Bounds = [west: number, south: number, east: number, north: number];
export type Tone = "brand" | "calm" | "soon" | "late" | "done";

/** Something with a position. The shape says what it is: a circle a door (or any place), a square a case, a pin one spot. */
export interface MapPoint {
  id: string;
  shape: "door" | "case" | "pin";
  lon: number;
  lat: number;
  /** What a screen reader says, and what stands beside the mark when it is selected or `labelled`. */
  label: string;
  /** Stands inside the mark: a number of the walk, a count. */
  mark?: string;
  tone?: Tone;
  labelled?: boolean;
}

/** Points that the server clusters: the same filter as the room's list, so that what is shown adds up to what is listed. */
export interface PointSource {
  of: "cases" | "todos";
  filter?: Record<string, string | number | boolean | undefined>;
}

/** What a source has in sight. */
export interface Counted {
  of: PointSource["of"];
  total: number;
  late: number;
}

/** Several things at one place, or too near each other to be told apart at this zoom. */
export interface Cluster {
  of: PointSource["of"];
  count: number;
  late: number;
  lon: number;
  lat: number;
  /** West, south, east, north of exactly these things, as the lists take it (`box=`). */
  box: string;
  /** They stand at one place and won't come apart. */
  onePlace: boolean;
  address: string;
}

export type Selection =
  | { kind: "point"; point: MapPoint }
  | { kind: "case" | "todo"; uid: string; label: string; lon: number; lat: number }
  | { kind: "cluster"; cluster: Cluster }
  | { kind: "grid"; code: string; name: string; households: number }
  | { kind: "building"; place: string; plate: string; address: string; lon: number; lat: number };

export interface MapView {
  centre: Spot;
  zoom: number;
  bounds: Bounds;
}

/** A dashed circle around a spot: what counts as the same case, what is near. */
export interface Circle {
  lon: number;
  lat: number;
  metres: number;
}

/** A feature of a sketch (`GET /api/areas/sketch`): GeoJSON with its kind among its properties. */
export interface SketchFeature {
  type: "Feature";
  geometry: Geometry;
  properties: { kind: SketchKind; name?: string; rank?: number; code?: string };
}

export type SketchKind = "water" | "road" | "building" | "grid" | "community";
export type Geometry =
  | { type: "Point"; coordinates: number[] }
  | { type: "LineString"; coordinates: number[][] }
  | { type: "MultiLineString" | "Polygon"; coordinates: number[][][] }
  | { type: "MultiPolygon"; coordinates: number[][][][] };

export interface Sketch {
  bounds: Bounds;
  features: SketchFeature[];
}
