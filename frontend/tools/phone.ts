/**
 * What makes a page an app on a phone: a manifest with icons, and a service worker that holds the phone's own files (found
 * through Vite's manifest; nothing of the console, the portal or any answer of the server).
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { build, type Plugin } from "vite";

import { colour, sign } from "./icons.ts";

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

export interface Held {
  url: string;
  revision: string | null;
}

const ENTRY = "phone/index.html";
const SIZES = [192, 512];

export function phone(base: string, root: string): Plugin {
  let folder = "";
  return {
    name: "wangge-phone",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    transformIndexHtml: {
      order: "post",
      handler: (_html, { path }) =>
        path.endsWith(ENTRY)
          ? [
              { tag: "link", attrs: { rel: "manifest", href: `${base}phone/app.webmanifest` }, injectTo: "head" as const },
              { tag: "link", attrs: { rel: "apple-touch-icon", href: `${base}phone/icon-192.png` }, injectTo: "head" as const },
              { tag: "meta", attrs: { name: "theme-color", content: token(root, "--surface") }, injectTo: "head" as const },
            ]
          : [],
    },
    writeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        mkdirSync(join(folder, "phone"), { recursive: true });
        dress(folder, base, root);
        await worker(folder, base, root);
      },
    },
  };
}

/** The files of the phone: what its page needs, at once or later. */
export function filesOf(manifest: Record<string, Chunk>, entry = ENTRY): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    const one = manifest[name];
    if (!one || seen.has(name)) return;
    seen.add(name);
    for (const file of [one.file, ...(one.css ?? []), ...(one.assets ?? [])]) files.add(file);
    for (const next of [...(one.imports ?? []), ...(one.dynamicImports ?? [])]) visit(next);
  };
  visit(entry);
  return [...files].filter((one) => !one.endsWith(".html")).sort();
}

/** A token's value in the light look. */
export function token(root: string, name: string): string {
  const found = new RegExp(`${name}: (#[0-9a-f]{6});`).exec(readFileSync(join(root, "shared/tokens.css"), "utf-8"));
  if (!found) throw new Error(`tokens.css has no ${name}`);
  return found[1] as string;
}

function dress(folder: string, base: string, root: string): void {
  const [ground, ink] = [colour(token(root, "--brand")), colour(token(root, "--on-brand"))];
  for (const size of SIZES) writeFileSync(join(folder, `phone/icon-${size}.png`), sign(size, ground, ink));
  const manifest = {
    id: "/phone/", start_url: "/phone/", scope: "/phone/", name: "网格员", short_name: "网格员", lang: "zh-Hans",
    display: "standalone", orientation: "portrait", background_color: token(root, "--ground"), theme_color: token(root, "--surface"),
    icons: SIZES.flatMap((size) =>
      ["any", "maskable"].map((purpose) => ({ src: `${base}phone/icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png", purpose })),
    ),
  };
  writeFileSync(join(folder, "phone/app.webmanifest"), JSON.stringify(manifest));
}

async function worker(folder: string, base: string, root: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf-8")) as Record<string, Chunk>;
  const page = readFileSync(join(folder, ENTRY));
  const held: Held[] = [
    // The page has the same address for ever: its content says which build it is.
    { url: "/phone/", revision: createHash("sha256").update(page).digest("hex").slice(0, 16) },
    ...filesOf(manifest).map((file) => ({ url: base + file, revision: null })),
  ];
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    define: { __HELD__: JSON.stringify(held), "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: join(folder, "phone"),
      emptyOutDir: false,
      copyPublicDir: false,
      license: { fileName: "licences.md" },
      lib: { entry: join(root, "phone/worker/sw.ts"), formats: ["iife"], name: "worker", fileName: () => "sw.js" },
    },
  });
}
