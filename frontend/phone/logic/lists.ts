/** Lists, for browsers of some years ago. */

/** A sorted copy. */
export function sorted<T>(list: readonly T[], by: (a: T, b: T) => number): T[] {
  return [...list].sort(by);
}

/** By a moment as the server writes it (ISO 8601, one zone), absent ones last. No collation: it takes a phone 70 ms to wake up. */
export function byMoment<T>(moment: (one: T) => string | null | undefined): (a: T, b: T) => number {
  return (a, b) => compare(moment(a) ?? "\uffff", moment(b) ?? "\uffff");
}

/** By code units, as codes and moments are ordered. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
