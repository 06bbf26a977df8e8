/** The order of a walk, as the server makes it: what is due decides where it begins, nearness how it goes on. */

export interface Stop {
  lon: number;
  lat: number;
}

const EARTH_M = 6_371_008.8;
const DETOUR = 1.3;
/** Metres that somebody on foot goes in a minute. */
const PACE = 70;

/** Metres between two near places, as the crow flies (equirectangular: exact enough within a city). */
export function metres(a: Stop, b: Stop): number {
  const across = rad(b.lon - a.lon) * Math.cos(rad((a.lat + b.lat) / 2));
  return EARTH_M * Math.hypot(across, rad(b.lat - a.lat));
}

/** Metres on foot: streets aren't straight. */
export function onFoot(a: Stop, b: Stop): number {
  return metres(a, b) * DETOUR;
}

/** Minutes on foot; none within a building. */
export function minutesOnFoot(a: Stop, b: Stop): number {
  return Math.round(onFoot(a, b) / PACE);
}

/** Urgent stops in the order given; the others from each to the next nearest one. */
export function order<S extends Stop>(urgent: readonly S[], others: readonly S[]): S[] {
  const left = [...others];
  const walked = [...urgent];
  while (left.length) {
    const here = walked[walked.length - 1];
    let best = 0;
    if (here) left.forEach((one, n) => (metres(here, one) < metres(here, left[best] as S) ? (best = n) : 0));
    walked.push(...left.splice(best, 1));
  }
  return walked;
}

/** Metres of the whole walk. */
export function length(stops: readonly Stop[]): number {
  return stops.slice(1).reduce((sum, one, n) => sum + onFoot(stops[n] as Stop, one), 0);
}

function rad(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
