/** What the pages show: the user of this phone, the grids that it carries, the outbox, and where the sync stands. */
import { api, Refusal, Unreachable } from "@shared/api/client";
import { type Me, meet, signIn as enter, signOut as end } from "@shared/session";
import { liveQuery, type Subscription } from "dexie";
import { computed, ref, shallowRef } from "vue";

import { now, setClock, tick, wind } from "../store/clock";
import { held, leave } from "../store/grids";
import { Outbox } from "../store/outbox";
import { type Health, Sync } from "../store/sync";
import type { Bundle, Row } from "../store/types";
import { Vault } from "../store/vault";

const USER = "user";
const SYNCED = "synced";
const ASKED = "asked";
const LEAVING = "leaving";
const MINUTE = 60_000;

export const vault = new Vault();
/** The user of this phone; null where nobody is, undefined until that is known. */
export const user = shallowRef<Me | null>();
export const bundles = shallowRef<Bundle[]>([]);
/** Whether the grids were read from the phone, so that an empty page isn't shown too early. */
export const read = ref(false);
export const rows = shallowRef<Row[]>([]);
export const health = ref<Health>("idle");
export const problem = shallowRef<Refusal>();
/** Whether somebody signed out without a network, so that the server's session is still to be ended. */
export const leaving = ref(false);
/** By the city's clock, when the grids were asked last. */
export const syncedAt = ref<string>();
/** How much of other users' still waits on this phone. */
export const others = ref(0);
/** The city's time, a minute exact. */
export const moment = shallowRef(now());

export const unsent = computed(() => rows.value.filter((one) => one.state === "waiting"));
export const refused = computed(() => rows.value.filter((one) => one.state === "refused"));

let outbox: Outbox | undefined;
let sync: Sync | undefined;
let watching: Subscription | undefined;

/** Resolves once the first sync is over, well or badly: what can wait lets it have the network first. */
let over: () => void;
export const firstSync = new Promise<void>((resolve) => (over = resolve));

/** The outbox of the user of this phone. */
export function box(): Outbox {
  if (!outbox) throw new Error("nobody is signed in");
  return outbox;
}

/** Wake up: what lies on the phone first, the server after. Resolves as soon as a page can be shown, with what lies here in it. */
export async function begin(): Promise<void> {
  const [uid] = await Promise.all([vault.note<string>(USER), wind(vault)]);
  moment.value = now();
  const known = uid ? await vault.recall<Me>(uid, "me") : undefined;
  if (known) {
    await adopt(known, false);
    void check();
  } else await check();
  addEventListener("online", () => void (leaving.value ? check() : run()));
  addEventListener("offline", () => void run());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void run());
  setInterval(() => void beat(), MINUTE / 2);
}

/** Ask the server who is signed in. Whoever was here before stays here where it can't be asked. */
async function check(): Promise<void> {
  try {
    if (!user.value) await endLeft(); // signing out left nobody here: a start with somebody needn't ask
    const found = await meet();
    if (found) await adopt(found);
    else if (user.value) health.value = "signedOut";
    else user.value = null;
  } catch (error) {
    if (!(error instanceof Unreachable) && !(error instanceof Refusal)) throw error;
    user.value ??= null;
  }
  void run();
}

/** End the session that a sign-out without a network left behind: until that is done nobody is shown what it opens. Raises as `end` does. */
async function endLeft(): Promise<void> {
  leaving.value = (await vault.note<boolean>(LEAVING)) ?? false;
  if (!leaving.value) return;
  await end();
  await vault.notes.delete(LEAVING);
  leaving.value = false;
}

/** This is the user of the phone from now on. */
async function adopt(found: Me, kept = true): Promise<void> {
  const other = user.value?.uid !== found.uid;
  user.value = found;
  if (other) {
    sync?.stop();
    watching?.unsubscribe();
    const mine = (outbox = new Outbox(vault, found.uid));
    const here = Promise.all([held(vault, found.uid, now()), mine.rows(), vault.note<string>(`${SYNCED}:${found.uid}`), mine.ofOthers()]);
    const asked = await vault.note<number>(`${ASKED}:${found.uid}`);
    sync = new Sync({
      vault, outbox, post: (envelopes) => api.POST("/api/field/outbox", { body: { envelopes } }).then(({ data }) => data?.receipts ?? []),
      source: {
        myGrids: () => api.GET("/api/workforce/my-grids").then(({ data }) => data ?? []),
        bundle: async (grid) => (await api.GET("/api/field/bundle/{grid}", { params: { path: { grid } } })).data as Bundle,
      },
      online: () => navigator.onLine,
      tell: (said, why) => {
        health.value = said;
        problem.value = why;
      },
      renewed: taken,
    }, asked ?? 0);
    watching = liveQuery(() => box().rows()).subscribe((found) => {
      if (found.length || rows.value.length) rows.value = found; // nothing again is no news: the walk isn't planned anew
    });
    [bundles.value, rows.value, syncedAt.value, others.value] = await here;
    read.value = bundles.value.length > 0;
    void outbox.sweep();
  }
  if (!kept) return;
  await vault.keep(found.uid, "me", found);
  await vault.setNote(USER, found.uid);
}

async function taken(found: Bundle[]): Promise<void> {
  const newest = found.map((one) => one.made_at).sort()[found.length - 1];
  const said = newest ?? (await api.GET("/api/city/now")).data?.now;
  if (said) await setClock(vault, said);
  bundles.value = found;
  read.value = true;
  moment.value = now();
  syncedAt.value = now().toISOString();
  await vault.setNote(`${SYNCED}:${box().actor}`, syncedAt.value);
  await vault.setNote(`${ASKED}:${box().actor}`, Date.now());
}

/** Send and ask now; `fresh` asks for the grids whatever their age. */
export async function run(fresh = false): Promise<void> {
  if (user.value && sync) await sync.run(fresh);
  if (user.value) read.value = true;
  over();
}

/** Sign in. Raises `Refusal` with the server's words, `Unreachable` without a network. */
export async function signIn(name: string, password: string): Promise<void> {
  await endLeft();
  await enter(name, password);
  await check();
  await run(true);
}

/** Sign out: names and doors go from this phone; what is unsent stays sealed for this user. Without a network the session is ended later. */
export async function signOut(): Promise<void> {
  const who = user.value;
  sync?.stop();
  watching?.unsubscribe();
  const later = await end().then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Unreachable) && !(error instanceof Refusal)) throw error;
      return true;
    },
  );
  if (who) {
    await leave(vault, who.uid);
    await vault.notes.bulkDelete([`${SYNCED}:${who.uid}`, `${ASKED}:${who.uid}`]);
  }
  await vault.notes.delete(USER);
  if (later) await vault.setNote(LEAVING, true); // behind the erasing: a full phone has room for it now
  leaving.value = later;
  [user.value, bundles.value, rows.value, outbox, sync] = [null, [], [], undefined, undefined];
}

/** Time passes: what is too old goes from the phone, also without a network. */
async function beat(): Promise<void> {
  moment.value = now();
  await tick(vault);
  if (user.value && bundles.value.some((one) => new Date(one.expires_at) <= moment.value))
    bundles.value = await held(vault, user.value.uid, moment.value);
}
