/** Lists, for browsers of some years ago. */

/** A sorted copy. */
export function sorted<T>(list: readonly T[], by: (a: T, b: T) => number): T[] {
  return [...list].sort(by);
}

/** By a text, absent ones last. */
export function byText<T>(text: (one: T) => string | null | undefined): (a: T, b: T) => number {
  return (a, b) => (text(a) ?? "\uffff").localeCompare(text(b) ?? "\uffff");
}

/** Members by a key, in the order in which they came. */
export function grouped<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) {
    const there = found.get(key(one));
    if (there) there.push(one);
    else found.set(key(one), [one]);
  }
  return found;
}
