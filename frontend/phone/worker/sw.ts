/**
 * The phone without a network: its own files, and nothing else. What the server says is never kept here: data lies sealed in
 * the phone's database, where signing out finds it. A new version waits until the user says so, so that no page changes under a hand.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const __HELD__: PrecacheEntry[];
declare const self: Pick<EventTarget, "addEventListener"> & {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

precacheAndRoute(__HELD__);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/phone/"), { denylist: [/\/sw\.js$/] }));

self.addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "go") void self.skipWaiting();
});
self.addEventListener("activate", (event) => {
  (event as Event & { waitUntil(until: Promise<void>): void }).waitUntil(self.clients.claim());
});
