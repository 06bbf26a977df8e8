/**
 * Reports on their way. A report that was handed over is never changed again: it is sent under its own key until the
 * server says yes or no, so that a lost answer makes no second case. A refusal gives it back to be corrected.
 */
import { api, Refusal, Unreachable } from "@shared/api/client";
import type { components } from "@shared/api/schema";

import type { Draft } from "./draft";
import { secretOfBrowser, type Shelf } from "./kept";

export type Receipt = components["schemas"]["Receipt"];

/** What is sent; the same bytes each time, which the key demands. */
export interface Waiting {
  id: string;
  draft: Draft;
  /** The account that handed it over; empty for somebody without one, nothing where that wasn't known. */
  account?: string;
  /** Set once all photos have their names: from then on the same words go under the same key. */
  body?: components["schemas"]["Reporting"];
  since: number;
  tries: number;
  /** The server said when to come again: not before this moment (ms since 1970). */
  notBefore?: number;
}

export interface Post {
  photo(blob: Blob): Promise<string>;
  report(key: string, body: components["schemas"]["Reporting"]): Promise<Receipt>;
}

export type Outcome =
  | { kind: "sent"; receipt: Receipt; draft: Draft }
  | { kind: "waits"; waiting: Waiting }
  | { kind: "refused"; refusal: Refusal; draft: Draft };

/** A draft as it will be sent. */
export function handedOver(draft: Draft, account?: string, now: number = Date.now()): Waiting {
  return { id: draft.id, draft, account, since: now, tries: 0 };
}

/** As whom it goes out: as the account that handed it over while that is signed in (`account`), else as nobody. Never as somebody else. */
export function asWhom(waiting: Waiting, account = ""): RequestCredentials {
  return waiting.account === undefined || waiting.account === account ? "same-origin" : "omit";
}

/** Answers after which trying the same again is right: the server is ill or busy, or somebody else is at it. */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Try once. What was reached so far is kept on the shelf before and after each request. */
export async function send(waiting: Waiting, shelf: Shelf<Waiting>, post: Post): Promise<Outcome> {
  let now: Waiting = { ...waiting, tries: waiting.tries + 1, notBefore: undefined };
  await shelf.put(now);
  try {
    if (!now.body) {
      now = await withPhoto(now, post);
      now = { ...now, body: bodyOf(now.draft) };
      await shelf.put(now);
    }
    const receipt = await post.report(now.id, now.body ?? bodyOf(now.draft));
    await shelf.drop(now.id);
    return { kind: "sent", receipt, draft: now.draft };
  } catch (error) {
    if (error instanceof Unreachable) return { kind: "waits", waiting: now };
    if (error instanceof Refusal && LATER.has(error.status)) {
      if (error.retryAfter) await shelf.put((now = { ...now, notBefore: Date.now() + error.retryAfter * 1000 }));
      return { kind: "waits", waiting: now };
    }
    if (!(error instanceof Refusal)) throw error;
    await shelf.drop(now.id);
    return { kind: "refused", refusal: error, draft: again(now.draft) };
  }
}

async function withPhoto(waiting: Waiting, post: Post): Promise<Waiting> {
  const photo = waiting.draft.photo;
  if (!photo || photo.sent) return waiting;
  return { ...waiting, draft: { ...waiting.draft, photo: { ...photo, sent: await post.photo(photo.blob) } } };
}

/** A refused report was never a case: what comes of it is another act, under another key, and its photo is sent anew. */
function again(draft: Draft): Draft {
  return { ...draft, id: `${draft.id.slice(0, 32)}-${Date.now().toString(36)}`, photo: draft.photo && { blob: draft.photo.blob } };
}

export function bodyOf(draft: Draft): components["schemas"]["Reporting"] {
  return {
    class_code: draft.classCode,
    lon: draft.lon ?? null,
    lat: draft.lat ?? null,
    datum: "CGCS2000",
    address: draft.address.trim(),
    description: draft.description.trim(),
    phone: draft.phone.trim(),
    source: "resident",
    photos: draft.photo?.sent ? [draft.photo.sent] : [],
  };
}

export const overHttp = (credentials: RequestCredentials): Post => ({
  async photo(blob) {
    const { data } = await api.POST("/api/cases/photos", {
      credentials,
      body: { file: "" },
      bodySerializer: () => {
        const form = new FormData();
        form.append("file", blob, "photo.jpg");
        return form;
      },
    });
    if (!data) throw new Unreachable("no answer");
    return data.photo;
  },
  async report(key, body) {
    const { data } = await api.POST("/api/cases/report", { credentials, body, headers: { "Idempotency-Key": key, "X-Visitor": secretOfBrowser() } });
    if (!data) throw new Unreachable("no answer");
    return data;
  },
});
