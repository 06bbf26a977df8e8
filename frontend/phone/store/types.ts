/** Shapes of the phone's store: the server's own, and what the phone adds to them. */
import type { components } from "@shared/api/schema";

type Schemas = components["schemas"];
export type Bundle = Schemas["Bundle"];
export type Todo = Schemas["TodoRecord"];
export type OutcomeRecord = Schemas["OutcomeRecord"];
export type BundlePerson = Schemas["BundlePerson"];
export type Dwelling = Schemas["DwellingRecord"];
export type ElementWords = Schemas["ElementWords"];
export type ReportClass = Schemas["ClassRecord"];
export type EnvelopeIn = Schemas["EnvelopeIn"];
export type EnvelopeReceipt = Schemas["EnvelopeReceipt"];
/** What an envelope says. */
export type Said = EnvelopeIn["body"];
export type Kind = Said["kind"];

/** Bytes that only this phone's key opens. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** How the list of what is unsent names a thing; sealed with it. */
export interface Label {
  /** What: a matter's title, a class, an element. */
  title: { zh: string; en: string };
  /** Where or whom. */
  about: string;
  /** How it ended, in both languages. */
  outcome?: { zh: string; en: string };
}

export type State = "waiting" | "accepted" | "superseded" | "refused";

/**
 * One thing that the phone has to say. Its `seq` is given by the database, so that two tabs never give the same; what is in
 * it is sealed. Ids that say nothing by themselves stand in the open, so that what is done can be told from what is open.
 */
export interface Row {
  seq?: number;
  uid: string;
  actor: string;
  kind: Kind;
  /** When it was seen, by the city's clock. */
  at: string;
  state: State;
  /** Real milliseconds before which it isn't sent: as long, it can be taken back. */
  hold: number;
  /** How often it went out; from the first time on it may have arrived, and can't be taken back. */
  tries: number;
  sealed: Sealed | null;
  todo?: string;
  outcome?: string;
  ends?: boolean;
  person?: string;
  /** The household that was knocked at, where that counts. */
  knock?: string;
  /** The dwelling in which something changed. */
  home?: string;
  /** Real milliseconds at which the server answered. */
  answered?: number;
  code?: string;
  why?: string;
  made?: string;
}

/** What a row holds, opened. */
export interface Content {
  body: Said;
  label: Label;
}
