/** The house's sign as PNG, drawn when the apps are built: phones want pixels for their home screen. */
import { deflateSync } from "node:zlib";

/** The four rectangles of `shared/icon.svg` on its grid of 24: left, top, right, bottom, with strokes of 2.4. */
const SIGN = [[3, 3, 11, 11], [17, 3, 21, 11], [3, 15, 9, 21], [13, 15, 21, 21]] as const;
const STROKE = 2.4;

type Colour = readonly [red: number, green: number, blue: number];

export function colour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The sign in `ink` on a `ground` without corners of its own; `part` is the share of the side that the sign takes. */
export function sign(side: number, ground: Colour, ink: Colour, part = 0.56): Buffer {
  const rows = Buffer.alloc(side * (1 + side * 3));
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const on = inked(((x + 0.5) / side - 0.5) * (24 / part) + 12, ((y + 0.5) / side - 0.5) * (24 / part) + 12);
      rows.set(on ? ink : ground, y * (1 + side * 3) + 1 + x * 3);
    }
  return png(side, rows);
}

function inked(x: number, y: number): boolean {
  const half = STROKE / 2;
  return SIGN.some(([left, top, right, bottom]) => {
    const outside = x < left - half || x > right + half || y < top - half || y > bottom + half;
    const hollow = x > left + half && x < right - half && y > top + half && y < bottom - half;
    return !outside && !hollow;
  });
}

function png(side: number, rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, check]);
}

function crc(data: Buffer): number {
  let found = 0xffffffff;
  for (const byte of data) {
    found ^= byte;
    for (let n = 0; n < 8; n++) found = found & 1 ? (found >>> 1) ^ 0xedb88320 : found >>> 1;
  }
  return ~found >>> 0;
}
