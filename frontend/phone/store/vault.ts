/** The phone's database: the key of each user, what is kept sealed under it, the outbox, and notes that tell nothing. */
import { Dexie, type EntityTable, type Table } from "dexie";

import { newKey, seal, unseal } from "./seal";
import type { Row, Sealed } from "./types";

interface Key {
  actor: string;
  key: CryptoKey;
}

interface Kept {
  name: string;
  actor: string;
  sealed: Sealed;
}

interface Note {
  name: string;
  value: unknown;
}

/** The phone has no room left. Nothing that was kept before is lost. */
export class PhoneFull extends Error {
  constructor(cause: unknown) {
    super("full", { cause });
    this.name = "PhoneFull";
  }
}

export class Vault extends Dexie {
  declare outbox: EntityTable<Row, "seq">;
  declare keys: Table<Key, string>;
  declare kept: Table<Kept, string>;
  declare notes: Table<Note, string>;

  constructor(name = "wangge-phone") {
    super(name, { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange });
    this.version(1).stores({ outbox: "++seq, &uid, [actor+state], todo", keys: "actor", kept: "name, actor", notes: "name" });
  }

  /** The key of a user on this phone, made once: of two tabs that ask at the same time the first one's counts. */
  async keyOf(actor: string): Promise<CryptoKey> {
    const known = await this.keys.get(actor);
    if (known) return known.key;
    const fresh = await newKey();
    return this.transaction("rw", this.keys, async () => {
      const first = await this.keys.get(actor);
      if (first) return first.key;
      await this.keys.put({ actor, key: fresh });
      return fresh;
    });
  }

  /** Keep something sealed. Raises `PhoneFull`. */
  async keep(actor: string, name: string, value: unknown): Promise<void> {
    const sealed = await seal(await this.keyOf(actor), value);
    await roomy(() => this.kept.put({ name: `${actor}/${name}`, actor, sealed }));
  }

  /** What was kept; nothing where nothing was, or where its key is gone. */
  async recall<T>(actor: string, name: string): Promise<T | undefined> {
    const [found, key] = await Promise.all([this.kept.get(`${actor}/${name}`), this.keys.get(actor)]);
    return found && key && this.opened<T>(key.key, found);
  }

  /** All that was kept under names that begin like this, by name: one question, however much it is. */
  async recallAll<T>(actor: string, prefix: string): Promise<Map<string, T>> {
    const begins = `${actor}/${prefix}`;
    const [found, key] = await Promise.all([this.kept.where("name").startsWith(begins).toArray(), this.keys.get(actor)]);
    const opened = key ? await Promise.all(found.map(async (one) => [one.name.slice(actor.length + 1), await this.opened<T>(key.key, one)] as const)) : [];
    return new Map(opened.filter((one): one is readonly [string, Awaited<T>] => one[1] !== undefined));
  }

  /** What a seal holds; what can't be opened any more is let go. */
  private async opened<T>(key: CryptoKey, one: Kept): Promise<T | undefined> {
    try {
      return await unseal<T>(key, one.sealed);
    } catch {
      await this.kept.delete(one.name);
      return undefined;
    }
  }

  async forget(actor: string, name: string): Promise<void> {
    await this.kept.delete(`${actor}/${name}`);
  }

  /** The names under which something of a user's is kept. */
  async names(actor: string): Promise<string[]> {
    const found = await this.kept.where("actor").equals(actor).primaryKeys();
    return found.map((one) => one.slice(actor.length + 1));
  }

  async note<T>(name: string): Promise<T | undefined> {
    return (await this.notes.get(name))?.value as T | undefined;
  }

  async setNote(name: string, value: unknown): Promise<void> {
    await roomy(() => this.notes.put({ name, value }));
  }
}

/** Write; a full phone is told as such. */
export async function roomy<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isFull(error)) throw new PhoneFull(error);
    throw error;
  }
}

function isFull(error: unknown): boolean {
  const seen = error as { name?: string; inner?: { name?: string } } | null;
  return seen?.name === "QuotaExceededError" || seen?.inner?.name === "QuotaExceededError";
}
