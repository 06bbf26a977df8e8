/** Reports of this phone that are on their way: sent when the network is back, when the page opens, and when asked to. */
import { computed, ref, shallowRef } from "vue";

import { type Draft } from "../report/draft";
import { shelf } from "../report/kept";
import { handedOver, type Outcome, send, type Waiting } from "../report/sending";
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
  const plain: Waiting = handedOver({ ...draft, photo: draft.photo && { ...draft.photo } });
  const outcome = await once(plain);
  await drafts.drop(draft.id);
  if (outcome.kind === "refused") await drafts.put(outcome.draft);
  await look();
  return outcome;
}

/** Try all that wait, the oldest first, until one finds no network; what the server told to come later waits until then. */
export async function flush(): Promise<void> {
  if (sending.value) return;
  for (const one of await look()) {
    if (notYet(one)) continue;
    const outcome = await once(one);
    if (outcome.kind === "refused") await drafts.put(outcome.draft);
    if (outcome.kind === "waits") break;
  }
  await look();
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
    const outcome = await send(one, onTheWay);
    outcomes.value = { ...outcomes.value, [one.id]: outcome };
    if (outcome.kind === "sent") remember(outcome);
    return outcome;
  } finally {
    sending.value = false;
  }
}

function remember({ receipt, draft }: Extract<Outcome, { kind: "sent" }>): void {
  keep({
    number: receipt.number,
    tracking: receipt.tracking,
    what_zh: draft.className || draft.description.slice(0, 20),
    what_en: draft.className || draft.description.slice(0, 40),
    where: draft.address,
    at: cityNow().toISOString(),
  });
}

/** Watch the network; call once. */
export function watchNetwork(): void {
  addEventListener("online", () => void flush());
  void flush();
}
