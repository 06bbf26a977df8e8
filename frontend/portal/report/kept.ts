/**
 * What this phone keeps of reports, photos included: in IndexedDB, or, where that is closed (a private window), as long as
 * the page stands. Small enough to be written by hand: two stores of rows by id.
 */

import { freshId } from "@shared/api/once";
import { recall, remember } from "@shared/words";

export interface Shelf<T extends { id: string }> {
  all(): Promise<T[]>;
  put(row: T): Promise<void>;
  drop(id: string): Promise<void>;
}

const NAME = "wangge-portal";
const SHELVES = ["drafts", "waiting"] as const;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const shelf of SHELVES) asked.result.createObjectStore(shelf, { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error ?? new Error("closed"));
  });
  return opened;
}

/** A shelf of this phone. What can't be written there is kept in memory, and said by `lasting` to be so. */
export function shelf<T extends { id: string }>(name: (typeof SHELVES)[number]): Shelf<T> & { lasting: () => boolean } {
  const memory = memoryShelf<T>();
  let lasts = true;

  async function ask<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    const store = (await open()).transaction(name, mode).objectStore(name);
    const asked = act(store);
    return new Promise<R>((done, failed) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error ?? new Error("refused"));
    });
  }

  async function either<R>(first: () => Promise<R>, second: () => Promise<R>): Promise<R> {
    if (!lasts) return second();
    try {
      return await first();
    } catch {
      lasts = false;
      return second();
    }
  }

  return {
    all: () => either(() => ask<T[]>("readonly", (store) => store.getAll() as IDBRequest<T[]>), memory.all),
    put: (row) => either(async () => void (await ask("readwrite", (store) => store.put(row))), () => memory.put(row)),
    drop: (id) => either(async () => void (await ask("readwrite", (store) => store.delete(id))), () => memory.drop(id)),
    lasting: () => lasts,
  };
}

/** A shelf that lasts as long as the page. */
export function memoryShelf<T extends { id: string }>(): Shelf<T> {
  const rows = new Map<string, T>();
  return {
    all: async () => [...rows.values()],
    put: async (row) => void rows.set(row.id, row),
    drop: async (id) => void rows.delete(id),
  };
}

const SECRET = "wangge.portal.secret";
let secret = "";

/** What only this browser knows: with it the key of a report leads nobody else to its answer. */
export function secretOfBrowser(): string {
  secret ||= recall(SECRET) ?? freshId();
  remember(SECRET, secret);
  return secret;
}
