/**
 * The city's clock on a phone: the server says the time at every sync, and the phone goes on from there. A phone that is set
 * back doesn't keep a bundle longer for it.
 */
import type { Vault } from "./vault";

const KEPT = "clock";

interface Kept {
  /** City's milliseconds minus this machine's. */
  offset: number;
  /** The latest moment that was ever seen, by the city's clock. */
  latest: number;
}

let kept: Kept = { offset: 0, latest: 0 };

/** What time it is in the city, as far as this phone knows. */
export function now(): Date {
  return new Date(Math.max(Date.now() + kept.offset, kept.latest));
}

/** Remember from an earlier day. */
export async function wind(vault: Vault): Promise<void> {
  kept = (await vault.note<Kept>(KEPT)) ?? { offset: 0, latest: 0 };
}

/** The server said what time it is. */
export async function setClock(vault: Vault, said: string): Promise<void> {
  const moment = new Date(said).getTime();
  kept = { offset: moment - Date.now(), latest: moment };
  await vault.setNote(KEPT, kept);
}

/** Note how far time has gone, once in a while. */
export async function tick(vault: Vault): Promise<void> {
  kept = { ...kept, latest: now().getTime() };
  await vault.setNote(KEPT, kept);
}
