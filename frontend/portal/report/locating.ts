/** Where the phone is, as far as it lets a page know. */

export interface Fix {
  lon: number;
  lat: number;
  /** How far off it may be. */
  metres: number;
}

/** A phone that finds nothing within this time finds it too late for somebody who stands in the rain. */
const PATIENCE_MS = 12_000;

/** The position, or why there is none: the person refused, or the phone didn't find it. Never fails. */
export function locate(): Promise<Fix | { why: "refused" | "unlocated" }> {
  return new Promise((done) => {
    if (!("geolocation" in navigator)) return done({ why: "unlocated" });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lon: coords.longitude, lat: coords.latitude, metres: Math.max(1, Math.round(coords.accuracy)) }),
      (error) => done({ why: error.code === error.PERMISSION_DENIED ? "refused" : "unlocated" }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
    );
  });
}
