/** Reports of this phone that are on their way: sent when the network is back, when the page opens, and when asked to. */
import { me } from "@shared/session";
import { computed, ref, shallowRef } from "vue";

import { type Draft } from "../report/draft";
import { shelf } from "../report/kept";
import { asWhom, handedOver, type Outcome, overHttp, send, type Waiting } from "../report/sending";
import { learnAccount } from "./account";
import { cityNow } from "./city";
import { keep } from "./mine";

export const drafts = shelf<Draft>("drafts");
const onTheWay = shelf<Waiting>("waiting");

export const waiting = shallowRef<Waiting[]>([]);
export const sending = ref(false);
/** What became of the reports that were sent since the page was opened, by the id under which they were handed over. */
export const outcomes = shallowRef<Record<string, Outcome>>({});

/** When the server will listen again, where it told all that waits to come later. */
export const comeAgain = computed<Date | undefined>(() => {
  const first = Math.min(...waiting.value.map((one) => one.notBefore ?? 0));
  return waiting.value.length && first > Date.now() ? new Date(first) : undefined;
});

/** Hand a draft over and try to send it. */
export async function handOver(draft: Draft): Promise<Outcome> {
  // Vue's proxies can't be kept in IndexedDB: what is handed over is plain.
  const plain: Waiting = handedOver({ ...draft, photo: draft.photo && { ...draft.photo } }, me.value === null ? "" : me.value?.uid);
  const outcome = await once(plain);
  await drafts.drop(draft.id);
  if (outcome.kind === "refused") await drafts.put(outcome.draft);
  await look();
  return outcome;
}

/** Somebody signs out: what they were writing isn't for whoever has the phone next. */
export async function dropDrafts(): Promise<void> {
  for (const one of await drafts.all()) await drafts.drop(one.id);
}

/** Try all that wait, the oldest first, until one finds no network; what the server told to come later waits until then. */
export async function flush(): Promise<void> {
  if (sending.value || !(await known())) return;
  for (const one of await look()) {
    if (notYet(one)) continue;
    const outcome = await once(one);
    if (outcome.kind === "refused") await drafts.put(outcome.draft);
    if (outcome.kind === "waits") break;
  }
  await look();
}

/** Whether it is known who is signed in: until then nothing goes out, since it would go out as nobody. */
async function known(): Promise<boolean> {
  if (me.value === undefined && (await look()).length) await learnAccount();
  return me.value !== undefined;
}

/** Whether the server said that trying now is useless. */
export function notYet(one: Waiting, now: number = Date.now()): boolean {
  return one.notBefore !== undefined && one.notBefore > now;
}

async function look(): Promise<Waiting[]> {
  waiting.value = (await onTheWay.all()).sort((a, b) => a.since - b.since);
  tryAgainLater();
  return waiting.value;
}

const EVERY = 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** While the page stands what waits is tried again by itself: once the server's time has come, else every minute. */
function tryAgainLater(): void {
  clearTimeout(timer);
  if (!waiting.value.length) return;
  const now = Date.now();
  const next = Math.min(...waiting.value.map((one) => (notYet(one, now) ? (one.notBefore ?? now) - now : EVERY)));
  timer = setTimeout(() => void flush(), Math.max(next, 1000));
}

async function once(one: Waiting): Promise<Outcome> {
  sending.value = true;
  try {
    const as = asWhom(one, me.value?.uid);
    const outcome = await send(one, onTheWay, overHttp(as));
    outcomes.value = { ...outcomes.value, [one.id]: outcome };
    if (outcome.kind === "sent") remember(outcome, Boolean(one.account) && as === "same-origin");
    return outcome;
  } finally {
    sending.value = false;
  }
}

function remember({ receipt, draft }: Extract<Outcome, { kind: "sent" }>, own: boolean): void {
  keep({
    number: receipt.number,
    tracking: receipt.tracking,
    what_zh: draft.className || draft.description.slice(0, 20),
    what_en: draft.className || draft.description.slice(0, 40),
    where: draft.address,
    at: cityNow().toISOString(),
    own,
  });
}

/** Watch the network; call once. */
export function watchNetwork(): void {
  addEventListener("online", () => void flush());
  void flush();
}
