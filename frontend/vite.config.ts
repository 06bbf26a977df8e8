/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { dev, proxy } from "./tools/dev.ts";
import { phone } from "./tools/phone.ts";
import { squeeze } from "./tools/squeeze.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const out = process.env.WANGGE_WEB_OUT ?? here("../wangge/entry/screens/static/web");
/** Which apps are built: all, or those that somebody at work on one names. */
const apps = (process.env.WANGGE_APPS ?? "console phone portal").split(" ");
const built = "/static/web/";
const BASE = /node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|openapi-fetch)\/|frontend\/shared\/(api|words|session|time|theme|components)|vite\/preload-helper|plugin-vue:export-helper/;

/** Three apps over one `shared/`; the server answers each app's index for every address under its name. */
export default defineConfig(({ command }) => ({
  base: command === "build" ? built : "/",
  plugins: [
    vue(),
    dev(apps),
    ...(apps.includes("phone") ? [phone(built, here("."))] : []),
    { name: "wangge-squeeze", apply: "build", writeBundle: { sequential: true, order: "post", handler: () => squeeze(out) } },
  ],
  // Parts of the libraries that no page uses: on an old phone every kilobyte is waited for.
  define: { __VUE_I18N_LEGACY_API__: "false", __VUE_I18N_FULL_INSTALL__: "false", __INTLIFY_PROD_DEVTOOLS__: "false" },
  resolve: {
    alias: [
      { find: "@shared", replacement: here("shared") },
      // The same library for browsers of today, three kilobytes less of it; tests take the plain one.
      ...(process.env.VITEST ? [] : [{ find: /^dexie$/, replacement: here("node_modules/dexie/dist/modern/dexie.min.mjs") }]),
    ],
  },
  build: {
    outDir: out,
    emptyOutDir: true,
    manifest: true,
    // Whoever hands on the built files hands on the licences of the libraries inside them.
    license: { fileName: "licences.md" },
    // Android's WebView of 2020: what is newer in the language or in CSS is compiled away.
    target: "chrome87",
    // An inlined image would be a `data:` address; fonts and scripts of that kind are refused by the policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.fromEntries(apps.map((app) => [app, here(`${app}/index.html`)])),
      // What every app begins with is one file: on a phone each further one costs as much as a kilobyte of script does.
      output: { codeSplitting: { groups: [{ name: "base", test: BASE }] } },
    },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, proxy },
  test: { environment: "happy-dom" },
}));
