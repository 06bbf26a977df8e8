/** Every text of a build beside itself as `.gz`: the server hands it to whoever takes it, and squeezes nothing while they wait. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;
/** Bytes below which a packet is a packet anyway. */
const WORTH = 1000;

export function squeeze(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf-8" })) {
    const path = join(folder, entry);
    if (!TEXT.test(path) || !statSync(path).isFile() || statSync(path).size < WORTH) continue;
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  }
}
