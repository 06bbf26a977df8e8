/**
 * What lies on a phone is sealed (AES-GCM, 256 bits) under a key that no script can read out (`extractable: false`): a copied
 * profile, a backup or a second-hand phone gives away no names. The key goes when the user signs out; what it sealed is lost then.
 */
import type { Sealed } from "./types";

const ALGORITHM = "AES-GCM";

export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: ALGORITHM, iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

/** Raises an `OperationError` where another key sealed it, or a bit was changed. */
export async function unseal<T>(key: CryptoKey, sealed: Sealed): Promise<T> {
  const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv: sealed.iv }, key, sealed.data);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}
