/** Keys under which a write happens once, however often it is sent. */

export type Key = { "Idempotency-Key": string };

/** A fresh id, also where a page isn't served over https and the browser makes none itself (a city's own network). */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

/**
 * The key of a form: the same for the same words, so that sending again after a lost answer does nothing twice; another one
 * as soon as anything was changed, since that is another act. For a form that goes away once it is done.
 */
export function once(): (body: unknown) => Key {
  let said: string | undefined;
  let key = "";
  return (body) => {
    const now = JSON.stringify(body);
    if (now !== said) [said, key] = [now, freshId()];
    return { "Idempotency-Key": key };
  };
}

/** The key of an act that a state of its own guards: done again, it is refused and not doubled. */
export function idempotent(): Key {
  return { "Idempotency-Key": freshId() };
}
