/**
 * The worker that makes the phone start without a network, and the new version that waits until the user wants it: never while
 * something is being filled in, and never by itself.
 */
import { shallowRef } from "vue";

/** The worker that waits, if there is one. */
export const waiting = shallowRef<ServiceWorker>();
/** Another tab took the new version: this page is still the old one, whose files may be gone. */
export const taken = shallowRef(false);
const HOUR = 3_600_000;
let chosen = false;

export async function register(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  try {
    const had = navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (chosen) location.reload();
      else if (had) [taken.value, waiting.value] = [true, undefined];
    });
    const registration = await navigator.serviceWorker.register("/phone/sw.js", { scope: "/phone/", updateViaCache: "none" });
    if (registration.waiting && navigator.serviceWorker.controller) waiting.value = registration.waiting;
    registration.addEventListener("updatefound", () => {
      const found = registration.installing;
      found?.addEventListener("statechange", () => {
        if (found.state === "installed" && navigator.serviceWorker.controller) waiting.value = found;
      });
    });
    setInterval(() => void registration.update().catch(() => undefined), HOUR);
    void navigator.storage?.persist?.(); // the browser shouldn't make room by forgetting what is unsent
  } catch {
    // A browser that refuses workers still works while there is a network.
  }
}

/** Take the new version: it takes over, and the page is loaded again. What is unsent lies in the phone's database all the while. */
export function update(): void {
  chosen = true;
  if (taken.value) location.reload();
  else waiting.value?.postMessage("go");
}
