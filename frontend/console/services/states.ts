/** The states of an entitlement in the order in which somebody goes through them: every list and table has them so. */
export const STATES = ["undetermined", "proposed", "to_confirm", "pushed", "confirmed", "settled", "declined", "not_needed", "mismatch", "refused", "lapsed"] as const;

/** States in that order; those that nobody knows here come last. */
export function inOrder(held: readonly string[]): string[] {
  const known: readonly string[] = STATES;
  return [...known.filter((one) => held.includes(one)), ...held.filter((one) => !known.includes(one)).sort()];
}
