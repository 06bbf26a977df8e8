/** What a change at home says to the server: dated relations begin and end, nothing is overwritten. */
import type { BundlePerson, Said } from "../store/types";

export type Change = "born" | "died" | "came" | "moved" | "let" | "out";
/** Who comes isn't found among who is there. */
export const FROM_ELSEWHERE: ReadonlySet<string> = new Set(["came", "let"]);

/** What is to be said of somebody whom the phone knows. All of it or none. */
export function envelopes(change: Change, who: BundlePerson, dwelling: string, on: string): Said[] {
  const of = { person: who.uid };
  switch (change) {
    case "moved": return [{ kind: "departure", ...of, relation: "living", on }];
    case "out": return [{ kind: "departure", ...of, relation: "registered", on }];
    case "came": return [{ kind: "residence", ...of, dwelling, relation: "living", from_on: on }];
    // A tenant lives there, too: a lease alone brings nobody to the door.
    case "let": return [{ kind: "residence", ...of, dwelling, relation: "tenant", from_on: on }, { kind: "residence", ...of, dwelling, relation: "living", from_on: on }];
    // Whoever died doesn't live there any more; where they are registered is for the police to end.
    case "died": return [
      { kind: "observation", ...of, element: "death_date", value: on, base_version: who.version, task: "" },
      ...(who.lives_here ? [{ kind: "departure", ...of, relation: "living", on } as const] : []),
    ];
    case "born": return [];
  }
}
