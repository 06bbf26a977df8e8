/**
 * Sending the outbox: in order, a few at a time, each until the server has answered for it. An answer that got lost is no
 * matter: sent again, the server answers as it did before (`uid`).
 */
import { Refusal, Unreachable } from "@shared/api/client";

import type { Outbox } from "./outbox";
import type { EnvelopeIn, EnvelopeReceipt, Row } from "./types";

export type Post = (envelopes: EnvelopeIn[]) => Promise<EnvelopeReceipt[]>;

/**
 * How a round ended: `sent` all, `held` (something can still be taken back until `at`), `unreachable`, `signedOut` (all is kept
 * until the same user signs in), `forbidden` (the post is gone; all is kept).
 */
export type Ended =
  | { how: "sent" }
  | { how: "held"; at: number }
  | { how: "unreachable" }
  | { how: "signedOut" }
  | { how: "forbidden"; problem: Refusal };

const MOST = 50;
/** Characters of one request: what slow networks carry in a go, far below what the server takes. */
const MOST_CHARS = 2_000_000;
/** Answers of the server to one envelope that it can't read at all, whoever sends it. */
const UNREADABLE = new Set([400, 413, 422]);

/** Send everything that may go; `now` is real milliseconds. */
export async function flush(outbox: Outbox, post: Post, now: () => number = Date.now): Promise<Ended> {
  for (;;) {
    const waiting = await outbox.waiting();
    const first = waiting[0];
    if (!first) return { how: "sent" };
    if (first.hold > now()) return { how: "held", at: first.hold };
    const ended = await round(outbox, ready(waiting, now()), post);
    if (ended) return ended;
  }
}

/** Those at the front that may go: what comes behind something that is held waits with it, so that the order stands. */
function ready(waiting: readonly Row[], now: number): Row[] {
  const end = waiting.findIndex((one) => one.hold > now);
  return waiting.slice(0, Math.min(end < 0 ? waiting.length : end, MOST));
}

async function round(outbox: Outbox, rows: Row[], post: Post): Promise<Ended | null> {
  const going = await outbox.going(rows);
  const lost = [];
  const envelopes: EnvelopeIn[] = [];
  let chars = 0;
  for (const row of going) {
    const envelope = await outbox.envelope(row);
    if (!envelope) {
      lost.push(receipt(row.uid, "unreadable", ""));
      continue;
    }
    chars += JSON.stringify(envelope).length;
    if (envelopes.length && chars > MOST_CHARS) break;
    envelopes.push(envelope);
  }
  if (lost.length) await outbox.settle(lost);
  return envelopes.length ? send(outbox, envelopes, post) : null;
}

async function send(outbox: Outbox, envelopes: EnvelopeIn[], post: Post): Promise<Ended | null> {
  try {
    const settled = await outbox.settle(await post(envelopes));
    // An answer that speaks of none of them is no answer: asking at once again would go on for ever.
    return settled ? null : { how: "unreachable" };
  } catch (error) {
    if (error instanceof Unreachable) return { how: "unreachable" };
    if (!(error instanceof Refusal)) throw error;
    return refused(outbox, envelopes, post, error);
  }
}

/** The whole request was refused. If that is one envelope's fault, the others must not wait for it. */
async function refused(outbox: Outbox, envelopes: EnvelopeIn[], post: Post, error: Refusal): Promise<Ended | null> {
  if (error.status === 401) return { how: "signedOut" };
  if (error.status === 403) return error.code === "not_our_page" ? { how: "unreachable" } : { how: "forbidden", problem: error };
  const [first, ...rest] = envelopes;
  if (error.status === 500 && rest.length) return oneByOne(outbox, envelopes, post);
  if (!UNREADABLE.has(error.status)) return { how: "unreachable" };
  if (!rest.length) {
    await outbox.settle([receipt((first as EnvelopeIn).uid, error.code || String(error.status), `${error.message} ${error.advice}`.trim())]);
    return null;
  }
  return oneByOne(outbox, envelopes, post);
}

/** Each by itself: what the server stumbles over waits, the others come in. */
async function oneByOne(outbox: Outbox, envelopes: EnvelopeIn[], post: Post): Promise<Ended | null> {
  let left: Ended | null = null;
  for (const one of envelopes) {
    const ended = await send(outbox, [one], post);
    if (ended && ended.how !== "unreachable") return ended;
    left ??= ended;
  }
  return left;
}

function receipt(uid: string, code: string, why: string): EnvelopeReceipt {
  return { uid, state: "refused", duplicate: false, code, why, made: "" };
}

/** Milliseconds until the next try: twice as long each time, at most five minutes, never all phones at once. */
export function backoff(tries: number, chance: () => number = Math.random): number {
  return Math.min(300_000, 2_000 * 2 ** Math.min(tries, 10)) * (0.5 + chance() / 2);
}
