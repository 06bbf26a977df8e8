import { describe, expect, it } from "vitest";

import { movedTo, queryOf, sourcesOf, stateOf } from "./address";
import { boxOf, countedOf, markOf, type PointGroup, short } from "./clusters";
import {
  boundsOf, frameOf, metresOf, metresPerPixel, project, ring, scaleBar, shownBy, toPixels, toSpot, unproject,
} from "./mercator";
import { clipped, layerOf, namesOf, pathOf, spotsOf } from "./sketch";
import { families, styleOf } from "./style";
import type { Sketch, SketchFeature, Spot } from "./types";

const HERE: Spot = [111.2835, 30.6995];
const SIZE = { width: 360, height: 200 };
const say = (key: string, values?: Record<string, unknown>): string => `${key} ${JSON.stringify(values ?? {})}`;

/** Metres between two spots, on the sphere: not by the projection that is tested. */
function metres([a, b]: Spot, [c, d]: Spot): number {
  const rad = Math.PI / 180;
  const half = Math.sin(((d - b) * rad) / 2) ** 2 + Math.cos(b * rad) * Math.cos(d * rad) * Math.sin(((c - a) * rad) / 2) ** 2;
  return 2 * 6_378_137 * Math.asin(Math.sqrt(half));
}

describe("the projection", () => {
  it("goes there and back", () => {
    for (const spot of [HERE, [0, 0], [-179.9, 84], [135, -54]] as Spot[]) {
      const back = unproject(project(spot));
      expect(back[0]).toBeCloseTo(spot[0], 9);
      expect(back[1]).toBeCloseTo(spot[1], 9);
    }
  });

  it("puts the north up and the east right", () => {
    expect(project([0, 0])).toEqual([0.5, 0.5]);
    expect(project([1, 1])[1]).toBeLessThan(0.5);
    expect(project([1, 1])[0]).toBeGreaterThan(0.5);
  });

  it("knows how long a pixel is", () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78271.5, 0);
    expect(metresPerPixel(60, 10) / metresPerPixel(0, 10)).toBeCloseTo(0.5, 5);
  });

  it("draws a circle of metres that closes", () => {
    const spots = ring(...HERE, 100);
    expect(spots[0]).toEqual(spots.at(-1));
    for (const spot of spots) expect(Math.abs(metres(HERE, spot) - 100)).toBeLessThan(0.5);
  });
});

describe("a scale bar", () => {
  it.each([[0.9, 50], [0.51, 50], [3, 200], [7.6, 500], [0.05, 5]])("of %f m a pixel is round: %i m", (each, length) => {
    expect(scaleBar(each).metres).toBe(length);
    expect(scaleBar(each).px).toBeLessThanOrEqual(100);
  });
});

describe("a frame", () => {
  const walk: Spot[] = [[111.280, 30.690], [111.284, 30.696], [111.288, 30.702], [111.2841, 30.6955]];

  it("holds every spot, with room around it", () => {
    for (const level of [false, true]) {
      const frame = frameOf(walk, SIZE, { pad: 24, level });
      for (const [x, y] of walk.map((one) => toPixels(frame, one))) {
        expect(x).toBeGreaterThanOrEqual(23.9);
        expect(x).toBeLessThanOrEqual(SIZE.width - 23.9);
        expect(y).toBeGreaterThanOrEqual(23.9);
        expect(y).toBeLessThanOrEqual(SIZE.height - 23.9);
      }
    }
  });

  it("turns a walk level: what runs uphill runs sideways", () => {
    const heights = (level: boolean): number => {
      const ys = walk.map((one) => toPixels(frameOf(walk, SIZE, { level }), one)[1]);
      return Math.max(...ys) - Math.min(...ys);
    };
    expect(heights(true)).toBeLessThan(heights(false) / 4);
  });

  it("finds the spot under a pixel, and how long a pixel is, however it is turned", () => {
    const frame = frameOf(walk, SIZE, { level: true });
    const [x, y] = toPixels(frame, HERE);
    const back = toSpot(frame, x, y);
    expect(metres(back, HERE)).toBeLessThan(0.01);
    expect(metres(toSpot(frame, 100, 50), toSpot(frame, 200, 50)) / 100 / metresOf(frame)).toBeCloseTo(1, 2);
  });

  it("doesn't look nearer than it may, at one spot or none", () => {
    expect(metresOf(frameOf([HERE], SIZE))).toBeCloseTo(metresPerPixel(HERE[1], 18), 2);
    expect(Number.isFinite(frameOf([], SIZE).scale)).toBe(true);
    expect(boundsOf([])).toBeNull();
  });

  it("says what it shows", () => {
    const [west, south, east, north] = shownBy(frameOf(walk, SIZE));
    for (const [lon, lat] of walk) expect(lon > west && lon < east && lat > south && lat < north).toBe(true);
  });
});

const road = (name: string, rank: number, coordinates: Spot[]): SketchFeature => ({
  type: "Feature", geometry: { type: "LineString", coordinates }, properties: { kind: "road", name, rank },
});
const river: SketchFeature = {
  type: "Feature", properties: { kind: "water", name: "长江", rank: 1 },
  geometry: { type: "Polygon", coordinates: [[[111.27, 30.69], [111.28, 30.69], [111.28, 30.71], [111.27, 30.71], [111.27, 30.69]]] },
};
const sketch: Sketch = {
  bounds: [111.27, 30.69, 111.29, 30.71],
  features: [river, road("沿江大道", 1, [[111.281, 30.69], [111.281, 30.71]]), road("短巷", 4, [[111.285, 30.7], [111.2851, 30.7]]),
    { type: "Feature", properties: { kind: "grid", code: "g1", name: "第1网格" },
      geometry: { type: "Polygon", coordinates: [[[111.28, 30.69], [111.29, 30.69], [111.29, 30.7], [111.28, 30.69]]] } }],
};

describe("a sketch", () => {
  const frame = frameOf([[111.27, 30.69], [111.29, 30.71]], SIZE, { pad: 0 });

  it("is one path a kind, closed where it is a surface", () => {
    expect(layerOf(sketch, "water", frame)).toMatch(/^M[\d. -]+(L[\d. -]+)+Z$/);
    expect(layerOf(sketch, "road", frame).match(/M/g)).toHaveLength(2);
    expect(layerOf(sketch, "road", frame)).not.toContain("Z");
    expect(layerOf(sketch, "grid", frame, (one) => one.properties.code === "other")).toBe("");
    expect(pathOf({ type: "Point", coordinates: [1, 2] }, frame)).toBe("");
  });

  it("names the water inside it and the road along it, and nothing that has no room", () => {
    const names = namesOf(sketch, frame, 13);
    expect(names.map((one) => one.text).sort()).toEqual(["沿江大道", "长江"].sort());
    const [water, street] = ["长江", "沿江大道"].map((text) => names.find((one) => one.text === text));
    const shore = toPixels(frame, [111.28, 30.7])[0];
    expect(water?.x).toBeLessThan(shore);
    expect(Math.abs(street?.turn ?? 0)).toBeCloseTo(90, 0);
  });

  it("puts no name over a mark", () => {
    const all = { left: 0, top: 0, right: SIZE.width, bottom: SIZE.height };
    expect(namesOf(sketch, frame, 13, [all])).toEqual([]);
  });

  it("cuts a piece at the frame", () => {
    expect(clipped([-100, 50], [500, 50], SIZE)?.flat().map(Math.round)).toEqual([0, 50, 360, 50]);
    expect(clipped([-100, -50], [500, -50], SIZE)).toBeNull();
  });

  it("knows a grid's corners", () => {
    expect(spotsOf(sketch, "grid", "g1")).toHaveLength(4);
    expect(spotsOf(sketch, "grid", "g2")).toEqual([]);
  });
});

describe("the address of a map", () => {
  it("says what is shown, and only what isn't usual", () => {
    const usual = stateOf({});
    expect(queryOf(usual)).toEqual({});
    expect(usual.cases && usual.todos && usual.grids && usual.buildings && !usual.late).toBe(true);
  });

  it("comes back as it went", () => {
    const state = { ...stateOf({}), todos: false, late: true, chosen: "grid:420502002004001", centre: HERE, zoom: 16.25 };
    expect(stateOf(queryOf(state) as Record<string, string>)).toEqual(state);
    expect(stateOf(queryOf(movedTo(state, { centre: [111, 30], zoom: 12, bounds: [0, 0, 1, 1] })) as Record<string, string>).centre)
      .toEqual([111, 30]);
  });

  it("lets nonsense be nonsense", () => {
    expect(stateOf({ at: "here", chosen: "person:1", layers: ["a", "b"] })).toMatchObject({ centre: null, chosen: "", cases: true });
  });

  it("asks only for what the viewer may see", () => {
    const state = { ...stateOf({}), late: true };
    expect(sourcesOf(state, (one) => one === "cases.see")).toEqual([{ of: "cases", filter: { open: true, late: true } }]);
    expect(sourcesOf(state, () => true).map((one) => one.of)).toEqual(["cases", "todos"]);
    expect(sourcesOf({ ...state, cases: false }, () => true).map((one) => one.of)).toEqual(["todos"]);
  });
});

describe("a mark", () => {
  const group: PointGroup = {
    count: 1, late: 0, lon: 111, lat: 30, box: "111,30,111,30", one_place: true, case: false, uid: "u1", label_zh: "高龄津贴",
    label_en: "Allowance", address: "学院街18号",
  };

  it("of one thing is chosen by its uid; a case is a square, a door a circle", () => {
    expect(markOf("todos", group, false, say)).toMatchObject({
      apart: false, point: { id: "u1", shape: "door", label: "高龄津贴 · 学院街18号", tone: "brand" }, what: { kind: "todo", uid: "u1" },
    });
    expect(markOf("cases", group, true, say)).toMatchObject({ point: { shape: "case", label: "Allowance · 学院街18号" }, what: { kind: "case" } });
    expect(markOf("todos", { ...group, case: true }, false, say).point.shape).toBe("case");
  });

  it("of several says how many and comes apart, unless they stand at one place", () => {
    const some = { ...group, uid: "", count: 60, late: 1 };
    const mark = markOf("todos", { ...some, one_place: false }, false, say);
    expect(mark).toMatchObject({ apart: true, late: true, point: { mark: "60", tone: "brand" }, what: { kind: "cluster" } });
    expect(markOf("todos", some, false, say).apart).toBe(false);
    expect(markOf("todos", { ...some, late: 60 }, false, say).point.tone).toBe("late");
  });

  it("adds up", () => {
    const items = [group, { ...group, uid: "", count: 4, late: 2 }];
    expect(countedOf({ of: "cases" }, { total: 5, without_point: 0, items })).toEqual({ of: "cases", total: 5, late: 2 });
  });

  it.each([[7, "7"], [999, "999"], [1234, "1.2k"], [56789, "57k"]])("writes %i as %s", (count, said) => expect(short(count)).toBe(said));

  it("asks for the box in sight", () => expect(boxOf([111.1, 30.2, 111.3, 30.4])).toBe("111.100000,30.200000,111.300000,30.400000"));
});

describe("the style", () => {
  const shown = { grids: true, buildings: true, selected: "", english: false };
  const style = (more: object = {}): ReturnType<typeof styleOf> =>
    styleOf((name) => `token:${name}`, { ...shown, ...more }, { version: "v 1", bounds: [111, 30, 112, 31] });

  it("asks nobody but the house, and for this edition of the map", () => {
    const said = JSON.stringify(style());
    expect(said.match(/https?:\/\/[^/"]+/g)).toEqual([location.origin]);
    expect(said).toContain("version=v%201");
    expect(style()).not.toHaveProperty("glyphs");
    expect(style()).not.toHaveProperty("sprite");
  });

  it("names no colour: all come from tokens", () => {
    expect(JSON.stringify(style().layers)).not.toMatch(/#[0-9a-f]{3,8}|rgba?\(|hsl/i);
    expect(JSON.stringify(style().layers)).toContain("token:map-water");
  });

  it("leaves out what is switched off", () => {
    const ids = (more: object): string[] => style(more).layers.map((one) => one.id);
    expect(ids({})).toEqual(expect.arrayContaining(["building", "grid", "grid-line", "grid-name"]));
    expect(ids({ grids: false, buildings: false }).filter((one) => /^(grid|building)/.test(one))).toEqual([]);
  });

  it("reads the page's families", () => {
    expect(families('"PingFang SC", "Noto Sans CJK SC", sans-serif')).toEqual(["PingFang SC", "Noto Sans CJK SC", "sans-serif"]);
  });
});
