import { describe, expect, it } from "vitest";

import { fitted, lightened, LONGEST, type Size } from "./photo";

describe("a photo's size", () => {
  it.each<[Size, Size]>([
    [{ width: 4000, height: 3000 }, { width: 1600, height: 1200 }],
    [{ width: 3000, height: 4000 }, { width: 1200, height: 1600 }],
    [{ width: 800, height: 600 }, { width: 800, height: 600 }],
    [{ width: 9000, height: 1 }, { width: 1600, height: 1 }],
  ])("%o becomes %o", (given, expected) => expect(fitted(given)).toEqual(expected));
});

describe("a photo's weight", () => {
  const blob = (bytes: number): Blob => new Blob([new Uint8Array(bytes)]);

  it("stays at the best quality that is light enough", async () => {
    const asked: [number, number][] = [];
    const found = await lightened({ width: 4000, height: 3000 }, async (size, quality) => {
      asked.push([size.width, quality]);
      return blob(Math.round(size.width * 400 * quality));
    });
    expect(found.size).toBeLessThanOrEqual(400_000);
    expect(asked).toEqual([[LONGEST, 0.82], [LONGEST, 0.7], [LONGEST, 0.55]]);
  });

  it("becomes smaller where no quality is light enough, and the lightest is taken where nothing helps", async () => {
    const small = await lightened({ width: 4000, height: 3000 }, async (size) => blob(size.width * 400));
    expect(small.size).toBe(800 * 400);
    const heavy = await lightened({ width: 4000, height: 3000 }, async (size) => blob(600_000 + size.width));
    expect(heavy.size).toBe(600_200);
  });

  it("says so where the browser draws nothing", async () => {
    await expect(lightened({ width: 10, height: 10 }, async () => null)).rejects.toThrow();
  });
});
