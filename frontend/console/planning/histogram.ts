/** How many grids have how many households, in bins of one width. */
export interface Bin {
  from: number;
  to: number;
  count: number;
  kind: "under" | "in" | "over";
}

/** Bins of a width that divides the band's edges, so that no bin is partly in and partly out. */
export function binsOf(households: readonly number[], low: number, high: number): Bin[] {
  if (!households.length) return [];
  const width = widthFor(low, high);
  const first = low - Math.ceil(Math.max(0, low - Math.min(...households)) / width) * width;
  // The upper edge itself is in range.
  const bins: Bin[] = [];
  for (let from = first; from <= Math.max(...households) || from < high; from += width) {
    const kind = from < low ? "under" : from > high || (from === high && width > 1) ? "over" : "in";
    bins.push({ from, to: from + width, count: 0, kind });
  }
  for (const count of households) {
    const at = count === high ? Math.floor((high - 1 - first) / width) : Math.floor((count - first) / width);
    const bin = bins[Math.min(Math.max(at, 0), bins.length - 1)];
    if (bin) bin.count += 1;
  }
  return bins;
}

function widthFor(low: number, high: number): number {
  const band = Math.max(1, high - low);
  for (const parts of [10, 8, 5, 4, 2]) if (band % parts === 0) return band / parts;
  return band;
}

/** How far grids are from the mean, as the standard deviation in per cent of it. */
export function spreadOf(households: readonly number[]): number {
  const count = households.length || 1;
  const mean = households.reduce((sum, held) => sum + held, 0) / count;
  return Math.round((Math.sqrt(households.reduce((sum, held) => sum + (held - mean) ** 2, 0) / count) / (mean || 1)) * 100);
}
