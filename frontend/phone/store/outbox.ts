/**
 * What the phone has to say: saved before it is sent, in an order that two tabs share, and kept until the server has said what
 * became of it. Nothing here knows of the network.
 */
import { seal, unseal } from "./seal";
import type { Content, EnvelopeIn, EnvelopeReceipt, Row } from "./types";
import { roomy, type Vault } from "./vault";

/** Real milliseconds for which an outcome can be taken back before it goes out. */
export const HOLD_MS = 12_000;
/** Real milliseconds after which the phone forgets what the server took in. */
export const DONE_FOR_MS = 3 * 86_400_000;

export interface About {
  todo?: string;
  outcome?: string;
  ends?: boolean;
  person?: string;
  knock?: string;
  home?: string;
  /** Real milliseconds to wait before it is sent. */
  hold?: number;
}

export class Outbox {
  constructor(
    private readonly vault: Vault,
    readonly actor: string,
  ) {}

  /** Save something; from here on it survives whatever happens to the browser. Raises `PhoneFull`. */
  async add(content: Content, at: string, about: About = {}): Promise<Row> {
    return (await this.addAll([{ content, about }], at))[0] as Row;
  }

  /** Save several things, all of them or none: the outcome of a whole door. Raises `PhoneFull`. */
  async addAll(said: readonly { content: Content; about: About }[], at: string): Promise<Row[]> {
    const key = await this.vault.keyOf(this.actor);
    const rows = await Promise.all(
      said.map(async ({ content, about: { hold = 0, ...refs } }): Promise<Row> => ({
        ...refs,
        uid: crypto.randomUUID(),
        actor: this.actor,
        kind: content.body.kind,
        at,
        state: "waiting",
        hold: hold ? Date.now() + hold : 0,
        tries: 0,
        sealed: await seal(key, content),
      })),
    );
    await roomy(() =>
      this.vault.transaction("rw", this.vault.outbox, async () => {
        for (const row of rows) row.seq = await this.vault.outbox.add(row);
      }),
    );
    return rows;
  }

  /** Take back what has never gone out; false where it may have arrived. */
  undo(uids: readonly string[]): Promise<boolean> {
    return this.vault.transaction("rw", this.vault.outbox, async () => {
      const rows = await this.vault.outbox.where("uid").anyOf([...uids]).toArray();
      if (rows.length < uids.length || rows.some((one) => one.tries > 0 || one.state !== "waiting")) return false;
      await this.vault.outbox.bulkDelete(rows.map((one) => one.seq));
      return true;
    });
  }

  /** Everything of this user's, in the order in which it was said. */
  async rows(): Promise<Row[]> {
    return inOrder(await this.vault.outbox.where("[actor+state]").between([this.actor, ""], [this.actor, "\uffff"]).toArray());
  }

  async waiting(): Promise<Row[]> {
    return inOrder(await this.vault.outbox.where("[actor+state]").equals([this.actor, "waiting"]).toArray());
  }

  /** How much of other users' still lies here unsent: it isn't this user's to send. */
  async ofOthers(): Promise<number> {
    return this.vault.outbox.filter((one) => one.actor !== this.actor && one.state === "waiting").count();
  }

  /** What a row says; nothing where its key is gone. */
  async content(row: Row): Promise<Content | undefined> {
    if (!row.sealed) return undefined;
    try {
      return await unseal<Content>(await this.vault.keyOf(this.actor), row.sealed);
    } catch {
      return undefined;
    }
  }

  /** Mark rows as gone out, as far as they still wait (one may have been taken back meanwhile); returns those. */
  going(rows: readonly Row[]): Promise<Row[]> {
    return this.vault.transaction("rw", this.vault.outbox, async () => {
      const found = await this.vault.outbox.bulkGet(rows.map((one) => one.seq as number));
      const still = found.filter((one): one is NonNullable<typeof one> => one?.state === "waiting");
      for (const one of still) await this.vault.outbox.update(one.seq, { tries: one.tries + 1 });
      return still;
    });
  }

  async envelope(row: Row): Promise<EnvelopeIn | undefined> {
    const content = await this.content(row);
    return content && { uid: row.uid, seq: row.seq as number, at: row.at, body: content.body };
  }

  /** What became of things. What came in is kept without its content; what was refused keeps it, to be read and mended. */
  settle(receipts: readonly EnvelopeReceipt[]): Promise<number> {
    return this.vault.transaction("rw", this.vault.outbox, async () => {
      let settled = 0;
      for (const one of receipts) {
        const row = await this.vault.outbox.where("uid").equals(one.uid).first();
        if (!row || row.state !== "waiting") continue;
        const state = one.state as Row["state"];
        await this.vault.outbox.update(row.seq, {
          state, code: one.code, why: one.why, made: one.made, answered: Date.now(),
          ...(state === "refused" ? {} : { sealed: null }),
        });
        settled++;
      }
      return settled;
    });
  }

  /** A refused thing has been read and dealt with. */
  async dismiss(uid: string): Promise<void> {
    await this.vault.outbox.where("uid").equals(uid).and((one) => one.state === "refused").delete();
  }

  /** Forget what came in long enough ago: the server holds it. */
  async sweep(now = Date.now()): Promise<void> {
    await this.vault.outbox
      .filter((one) => (one.state === "accepted" || one.state === "superseded") && (one.answered ?? now) < now - DONE_FOR_MS)
      .delete();
  }
}

function inOrder(rows: Row[]): Row[] {
  return rows.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
}
