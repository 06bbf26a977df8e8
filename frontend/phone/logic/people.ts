/** People as a phone shows them: masked until somebody opens one, which is recorded. */
import type { Bundle, BundlePerson, Dwelling } from "../store/types";
import { doorName } from "./doors";
import { compare, grouped, sorted } from "./lists";

/** 王*兰, 王*: as the server masks names. */
export function masked(name: string | null): string {
  const signs = [...(name ?? "")];
  if (signs.length < 2) return name ?? "";
  return signs.length === 2 ? `${signs[0]}*` : `${signs[0]}${"*".repeat(signs.length - 2)}${signs[signs.length - 1]}`;
}

export type Presence = "here" | "moved_out" | "moved_in" | "elsewhere";

export interface Household {
  uid: string;
  dwelling: Dwelling;
  address: string;
  people: { person: BundlePerson; presence: Presence }[];
  /** How much of it may be asked or is doubted. */
  stale: number;
}

/** Every door of the grid with whoever belongs there; a door without a household too. */
export function householdsOf(bundle: Bundle): Household[] {
  const byDwelling = new Map<string, Map<string, Set<string>>>();
  for (const one of bundle.held.relations) {
    if (one.relation !== "living" && one.relation !== "registered") continue;
    const there = byDwelling.get(one.dwelling) ?? new Map<string, Set<string>>();
    there.set(one.person, (there.get(one.person) ?? new Set()).add(one.relation));
    byDwelling.set(one.dwelling, there);
  }
  const people = new Map(bundle.held.people.map((one) => [one.uid, one]));
  const members = grouped(bundle.held.people, (one) => one.household ?? "");
  const households = grouped(bundle.held.households, (one) => one.dwelling);
  return bundle.held.dwellings.flatMap((dwelling) => {
    const there = byDwelling.get(dwelling.uid) ?? new Map<string, Set<string>>();
    const own = households.get(dwelling.uid) ?? [];
    const uids = new Set([...own.flatMap((one) => (members.get(one.uid) ?? []).map((p) => p.uid)), ...there.keys()]);
    const shown = [...uids].flatMap((uid) => {
      const person = people.get(uid);
      return person ? [{ person, presence: presence(there.get(uid)) }] : [];
    });
    const stale = shown.reduce((sum, { person }) => sum + new Set([...person.ask, ...person.unconfirmed]).size, 0);
    return [{ uid: own[0]?.uid ?? "", dwelling, address: doorName(dwelling), people: sorted(shown, headFirst), stale }];
  });
}

function presence(relations: ReadonlySet<string> | undefined): Presence {
  if (relations?.has("living")) return relations.has("registered") ? "here" : "moved_in";
  return relations?.has("registered") ? "moved_out" : "elsewhere";
}

function headFirst(a: { person: BundlePerson }, b: { person: BundlePerson }): number {
  const rank = (one: BundlePerson): number => (one.relation_to_head === "户主" || one.relation_to_head === "本人" ? 0 : 1);
  return rank(a.person) - rank(b.person) || compare(a.person.birth_year ?? "9", b.person.birth_year ?? "9");
}

/** Households of which the address, the compound or a name has all that was typed in it. */
export function search(households: readonly Household[], text: string): Household[] {
  const parts = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!parts.length) return [...households];
  return households.filter((one) => {
    const said = [one.address, one.dwelling.compound, one.dwelling.plate, ...one.people.map(({ person }) => person.name ?? "")]
      .join(" ").toLowerCase();
    return parts.every((part) => said.includes(part));
  });
}
