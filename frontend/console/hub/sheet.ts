/** A sheet as it stands: merged boxes laid out, and lines from its columns to elements that never cross. */
import type { components } from "@shared/api/schema";

type Sheet = components["schemas"]["SheetShown"];
type Mapped = components["schemas"]["MappedColumn"];
type Refused = components["schemas"]["RefusedColumn"];

export interface Box {
  column: number;
  text: string;
  /** Something may stand here that is not shown. */
  withheld: boolean;
  wide: number;
  high: number;
}

/** The boxes of each line in order: a merged range is one box, and the boxes under it are left out. */
export function laid(sheet: Pick<Sheet, "lines" | "merges">): { row: number; boxes: Box[] }[] {
  const covered = new Set<string>();
  const wide = new Map<string, [number, number]>();
  for (const [top, left, bottom, right] of sheet.merges as [number, number, number, number][]) {
    wide.set(`${top}.${left}`, [right - left + 1, bottom - top + 1]);
    for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) if (row !== top || column !== left) covered.add(`${row}.${column}`);
  }
  return sheet.lines.map((line) => ({
    row: line.row,
    boxes: line.boxes.flatMap((text, column) => {
      if (covered.has(`${line.row}.${column}`)) return [];
      const [w, h] = wide.get(`${line.row}.${column}`) ?? [1, 1];
      return [{ column, text: text ?? "", withheld: text === null, wide: w, high: h }];
    }),
  }));
}

/** `sure` and `unsure` come in; `refused` stops; `out` is left out on purpose, or holds nothing that is known. */
export type Kind = "sure" | "unsure" | "refused" | "out";
export const SURE = 0.8;

export interface Way {
  letter: string;
  column: string;
  element: string;
  confidence: number;
  kind: Kind;
  refusal?: Refused;
}

/** Where each column of the sheet leads, in the sheet's order: so the leftmost ends highest, and no line crosses another. */
export function ways(sheet: Sheet, columns: readonly Mapped[], chosen: Readonly<Record<string, string>>, refused: readonly Refused[]): Way[] {
  return sheet.columns.map(({ letter, column }) => {
    const proposed = columns.find((one) => one.column === column);
    const refusal = refused.find((one) => one.column === column);
    const element = proposed ? (chosen[column] ?? proposed.element) : "";
    const said = element === proposed?.element ? (proposed?.confidence ?? 0) : 1; // what a person chose is sure
    const stops = refusal && (!element || refusal.code === "not_agreed" || refusal.code === "not_registered") && refusal.code !== "left_out" && refusal.code !== "not_mapped";
    const kind: Kind = stops ? "refused" : !element ? "out" : said < SURE ? "unsure" : "sure";
    return { letter, column, element, confidence: said, kind, refusal: stops ? refusal : undefined };
  });
}

/** What a column's own heading says: the lowest box of the header that holds something. */
export function heading(sheet: Pick<Sheet, "lines" | "header_first" | "header_last" | "columns">, at: number): string {
  const header = sheet.lines.filter((line) => line.row >= sheet.header_first && line.row <= sheet.header_last);
  return header.map((line) => line.boxes[at] ?? "").reverse().find(Boolean) ?? sheet.columns[at]?.column ?? "";
}

/** Widths of the columns in pixels, after what stands in them and cut to what there is room for. */
export function widths(sheet: Pick<Sheet, "lines" | "columns" | "header_first">, room: number): number[] {
  const [least, most] = [44, 190];
  const wanted = sheet.columns.map((_, at) => {
    const texts = sheet.lines.filter((line) => line.row >= sheet.header_first).map((line) => line.boxes[at] ?? "");
    return Math.min(most, Math.max(least, 16 + Math.max(...texts.map(long))));
  });
  const whole = wanted.reduce((sum, one) => sum + one, 0);
  if (whole <= room || !room) return wanted.map((one) => Math.floor(one * (room && whole < room ? Math.min(room / whole, 1.6) : 1)));
  const yields = whole - least * wanted.length;
  const share = yields > 0 ? Math.min(1, (whole - room) / yields) : 0;
  return wanted.map((one) => Math.floor(one - (one - least) * share));
}

const long = (text: string): number => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 13 : 7.5), 0);

/** The path of one column: up from the sheet's edge to its row, then to the right; where it is refused it stops before the end. */
export function path(x: number, y: number, right: number, bottom: number): string {
  const bend = Math.min(6, Math.max(0, right - x), Math.max(0, bottom - y));
  return `M${x} ${bottom}V${y + bend}Q${x} ${y} ${x + bend} ${y}H${right}`;
}
