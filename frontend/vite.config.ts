/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Three apps over one `shared/`; the server answers each app's index for every address under its name. */
export default defineConfig({
  base: "/static/web/",
  plugins: [vue()],
  resolve: { alias: { "@shared": here("shared") } },
  build: {
    outDir: process.env.WANGGE_WEB_OUT ?? here("../wangge/entry/screens/static/web"),
    emptyOutDir: true,
    manifest: true,
    // An inlined image would be a `data:` address; fonts and scripts of that kind are refused by the policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        console: here("console/index.html"),
        phone: here("phone/index.html"),
        portal: here("portal/index.html"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/_allauth": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom" },
});
