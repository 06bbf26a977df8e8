import { describe, expect, it } from "vitest";

import { blank, type Draft, isBegun, lacking, resumeAt, resumed, STALE_MS } from "./draft";
import { memoryShelf } from "./kept";

const photo = { blob: new Blob(["x"]) };

describe("a draft", () => {
  it("says what is missing: a place first, then anything at all", () => {
    expect(lacking(blank())).toBe("place");
    expect(lacking({ ...blank(), address: "学院街 18 号" })).toBe("words");
    expect(lacking({ ...blank(), lon: 111, lat: 30, photo })).toBe("");
    expect(lacking({ ...blank(), lon: 111, lat: 30, description: "  " })).toBe("words");
    expect(lacking({ ...blank(), lon: 111, lat: 30, classCode: "P0101" })).toBe("");
  });

  it("is taken up where it stopped", () => {
    expect(resumeAt(blank())).toBe("photo");
    expect(resumeAt({ ...blank(), photo })).toBe("place");
    expect(resumeAt({ ...blank(), photo, lon: 111, lat: 30 })).toBe("words");
  });

  it("is begun by anything but a telephone number", () => {
    expect(isBegun({ ...blank(), phone: "13800135521" })).toBe(false);
    expect(isBegun({ ...blank(), description: "井盖" })).toBe(true);
  });

  it("comes back after the page was closed, the newest one; what is stale or empty is swept", async () => {
    const shelf = memoryShelf<Draft>();
    const now = 10 * STALE_MS;
    const old = { ...blank(now - 2 * STALE_MS), description: "旧" };
    const newer = { ...blank(now - 1000), description: "井盖" };
    const older = { ...blank(now - 5000), description: "路灯" };
    for (const one of [old, newer, older, blank(now)]) await shelf.put(one);
    expect((await resumed(shelf, now))?.description).toBe("井盖");
    expect((await shelf.all()).map((one) => one.description)).toEqual(["井盖"]);
  });
});
