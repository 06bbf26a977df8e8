/**
 * The bundles of the grids in which this user is on duty. A bundle goes when the duty does, when its time is over, or when
 * somebody signs out; only what was said at the doors stays, until it has been sent.
 */
import { Refusal } from "@shared/api/client";

import { compare } from "../logic/lists";

import type { Bundle } from "./types";
import type { Vault } from "./vault";

export interface Source {
  myGrids(): Promise<string[]>;
  bundle(grid: string): Promise<Bundle>;
}

const PREFIX = "grid:";

/** Bundles on this phone whose time isn't over; those whose time is are gone after this call. */
export async function held(vault: Vault, actor: string, now: Date): Promise<Bundle[]> {
  const found: Bundle[] = [];
  for (const [name, bundle] of await vault.recallAll<Bundle>(actor, PREFIX)) {
    if (new Date(bundle.expires_at) > now) found.push(bundle);
    else await vault.forget(actor, name);
  }
  return found.sort((a, b) => compare(a.grid, b.grid));
}

/**
 * Ask for every grid on duty anew, and let go of the others. What stood before stays where an answer didn't come (the error
 * goes to the caller).
 */
export async function renew(vault: Vault, actor: string, source: Source): Promise<Bundle[]> {
  const grids = await source.myGrids();
  await letGo(vault, actor, grids);
  const found: Bundle[] = [];
  for (const grid of grids) {
    try {
      const bundle = await source.bundle(grid);
      await vault.keep(actor, PREFIX + grid, bundle);
      found.push(bundle);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 403) throw error;
      await vault.forget(actor, PREFIX + grid); // handed over between the two questions
    }
  }
  return found;
}

/** Forget all grids but these. */
export async function letGo(vault: Vault, actor: string, but: readonly string[] = []): Promise<void> {
  for (const name of await vault.names(actor))
    if (name.startsWith(PREFIX) && !but.includes(name.slice(PREFIX.length))) await vault.forget(actor, name);
}

/**
 * Sign out on this phone: names, doors and map go. What was never sent stays sealed, and its key with it, until the same user
 * signs in here again; without it the key goes too.
 */
export async function leave(vault: Vault, actor: string): Promise<void> {
  for (const name of await vault.names(actor)) await vault.forget(actor, name);
  await vault.transaction("rw", vault.outbox, vault.keys, async () => {
    const own = vault.outbox.where("[actor+state]").between([actor, ""], [actor, "\uffff"]);
    const unsent = await own.and((one) => one.state === "waiting" || one.state === "refused").count();
    if (unsent) return;
    await vault.outbox.where("[actor+state]").between([actor, ""], [actor, "\uffff"]).delete();
    await vault.keys.delete(actor);
  });
}
