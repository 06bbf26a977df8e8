/** The worker that makes the phone start without a network, and the new version that waits until the user wants it. */
import { shallowRef } from "vue";

/** The worker that waits, if there is one. */
export const waiting = shallowRef<ServiceWorker>();
const HOUR = 3_600_000;

export async function register(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  try {
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

/** Take the new version: it takes over, and the page is loaded again. */
export function update(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.value?.postMessage("go");
}
