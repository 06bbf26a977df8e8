/** A report while it is written: kept at every change, so that a call, a dead battery or a lost network lose nothing. */
import { freshId } from "@shared/api/once";

import type { Shelf } from "./kept";

export interface Photo {
  /** The JPEG as it will be sent. */
  blob: Blob;
  /** The server's name for it, once it has it. */
  sent?: string;
}

export interface Draft {
  id: string;
  photo?: Photo;
  lon?: number;
  lat?: number;
  address: string;
  classCode: string;
  className: string;
  description: string;
  phone: string;
  changedAt: number;
}

export type Step = "photo" | "place" | "words";
export const STEPS: readonly Step[] = ["photo", "place", "words"];
/** A draft that nobody touched for so long is another matter. */
export const STALE_MS = 7 * 24 * 3600 * 1000;

export function blank(now: number = Date.now()): Draft {
  return { id: freshId(), address: "", classCode: "", className: "", description: "", phone: "", changedAt: now };
}

/** Whether there is anything in it that would be a pity to lose. */
export function isBegun(draft: Draft): boolean {
  return Boolean(draft.photo || draft.lon !== undefined || draft.address || draft.classCode || draft.description.trim());
}

/** What is still missing before it can be sent: somewhere, and something. */
export function lacking(draft: Draft): "place" | "words" | "" {
  if (draft.lon === undefined && !draft.address.trim()) return "place";
  if (!draft.photo && !draft.classCode && !draft.description.trim()) return "words";
  return "";
}

/** The step at which a draft is taken up again: the first that says nothing yet. */
export function resumeAt(draft: Draft): Step {
  if (draft.lon === undefined && !draft.address.trim()) return draft.photo ? "place" : "photo";
  return "words";
}

/** The newest draft of this phone that is worth going on with; stale and empty ones are swept. */
export async function resumed(shelf: Shelf<Draft>, now: number = Date.now()): Promise<Draft | undefined> {
  const drafts = (await shelf.all()).sort((a, b) => b.changedAt - a.changedAt);
  const good = drafts.filter((one) => isBegun(one) && now - one.changedAt < STALE_MS);
  for (const one of drafts) if (one !== good[0]) await shelf.drop(one.id);
  return good[0];
}
