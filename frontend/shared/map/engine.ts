/** MapLibre with its worker from our own address (no `blob:`, which the policy refuses). In the map's own chunk. */
import { setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(worker);

export * from "maplibre-gl";

/** Whether this machine can draw: old phones and locked-down offices can't. */
export function canDraw(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return Boolean(context);
  } catch {
    return false;
  }
}
