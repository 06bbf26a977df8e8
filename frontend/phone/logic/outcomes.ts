/** The outcomes of a matter, apart from those of the whole door, in the order in which they are needed. */
import type { OutcomeRecord, Todo } from "../store/types";

export interface Sorted {
  /** What ends most visits of this kind. */
  main: OutcomeRecord;
  /** One tap each. */
  plain: OutcomeRecord[];
  /** Ask for a word of why before they are saved. */
  told: OutcomeRecord[];
  /** Nobody was met: what goes for everything left at this door. */
  door: OutcomeRecord[];
}

const DOOR = new Set(["not_at_home", "moved_away"]);
const TOLD = new Set(["mismatch", "deceased", "false", "failed"]);

export function sortedOutcomes(todo: Todo): Sorted {
  const [main, ...others] = todo.outcomes;
  if (!main) throw new Error(`${todo.kind} has no outcome`);
  return {
    main,
    plain: others.filter((one) => !DOOR.has(one.code) && !TOLD.has(one.code)),
    told: others.filter((one) => TOLD.has(one.code)),
    door: todo.household ? others.filter((one) => DOOR.has(one.code)) : [],
  };
}

/** Whether an outcome says that what was asked has been found out. */
export function needsValues(todo: Todo, outcome: OutcomeRecord): boolean {
  if (!todo.elements.length) return false;
  return outcome.code === "settled" || outcome.code === "corrected";
}
