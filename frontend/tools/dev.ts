/**
 * At work on the apps: Vite gives out their pages as they are written, the house answers all else. As in an installation, each
 * app has one page for every address below its name.
 */
import type { Plugin, ProxyOptions } from "vite";

/** Where the house itself stands meanwhile (`tools/dev.py`). */
const HOUSE = process.env.WANGGE_HOUSE ?? "http://127.0.0.1:8000";
const OF_VITE = /^\/(@|node_modules\/|shared\/|console\/|phone\/|portal\/|tools\/)/;

/** What is no file of the apps goes to the house, its address as the browser said it: cookies and origins are held against it. */
export const proxy: Record<string, ProxyOptions> = {
  "^/": { target: HOUSE, changeOrigin: false, bypass: ({ url }) => (OF_VITE.test(url ?? "") ? url : undefined) },
};

/** The app's page for an address of its router; undefined for a file. */
export function pageOf(url: string, apps: readonly string[]): string | undefined {
  const [path = ""] = url.split("?");
  const [, app = "", ...rest] = path.split("/");
  const isFile = /\.\w+$/.test(rest[rest.length - 1] ?? "");
  return apps.includes(app) && !isFile ? `/${app}/index.html` : undefined;
}

export function dev(apps: readonly string[]): Plugin {
  return {
    name: "wangge-dev",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use((request, _answer, next) => {
        request.url = pageOf(request.url ?? "", apps) ?? request.url;
        next();
      });
    },
  };
}
