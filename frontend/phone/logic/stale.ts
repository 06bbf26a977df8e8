/** What of a person is to be confirmed at the next visit, and what can be said about it in one tap. */
import type { BundlePerson } from "../store/types";

export interface Stale {
  person: BundlePerson;
  element: string;
  why: "unconfirmed" | "notFresh" | "notHeld";
  /** What the phone shows of it, masked or whole; empty where it holds nothing. */
  held: string;
  /** Whether one tap can say that it is right. */
  confirmable: boolean;
}

/** Elements that the phone holds, whole or masked. */
const HELD = {
  name: (one: BundlePerson) => one.name ?? "",
  phone: (one: BundlePerson) => one.phone ?? "",
  lives_here: (one: BundlePerson) => (one.lives_here === null ? "" : one.lives_here ? "yes" : "no"),
} as Record<string, (one: BundlePerson) => string>;

export function staleOf(person: BundlePerson, said: ReadonlySet<string>): Stale[] {
  const codes = [...new Set([...person.unconfirmed, ...person.ask])];
  return codes
    .filter((element) => !said.has(`${person.uid}/${element}`))
    .map((element): Stale => {
      const held = HELD[element]?.(person) ?? "";
      const why = person.unconfirmed.includes(element) ? "unconfirmed" : held || !HELD[element] ? "notFresh" : "notHeld";
      return { person, element, why, held, confirmable: held !== "" };
    });
}
