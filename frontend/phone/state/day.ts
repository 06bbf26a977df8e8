/** Today's walk and the households, from what the phone carries and what was done since. */
import { recall, remember } from "@shared/words";
import { computed, ref } from "vue";

import { type Day, type Door, doorsOf, outcomes, plan } from "../logic/doors";
import { type Household, householdsOf } from "../logic/people";
import type { Bundle, ElementWords, Todo } from "../store/types";
import { bundles, moment, rows } from "./phone";

const KEPT = "wangge.phone.budget";
/** Minutes that somebody wants to walk today; theirs alone, nobody else sees it. */
export const BUDGETS = [120, 240, 360] as const;
export const budget = ref(Number(recall(KEPT) ?? BUDGETS[1]));

export function setBudget(minutes: number): void {
  budget.value = minutes;
  remember(KEPT, String(minutes));
}

export const doors = computed<Door[]>(() => {
  const done = outcomes(rows.value);
  return bundles.value.flatMap((one) => doorsOf(one, done, moment.value, rows.value));
});
export const day = computed<Day>(() => plan(doors.value, moment.value, budget.value));
export const households = computed<Household[]>(() => bundles.value.flatMap(householdsOf));
export const byDoor = computed(() => new Map(doors.value.map((one) => [one.id, one])));
export const people = computed(() => new Map(bundles.value.flatMap((one) => one.held.people.map((person) => [person.uid, person]))));

const elements = computed(() => new Map(bundles.value.flatMap((one) => one.elements.map((element) => [element.code, element]))));
export function wordsOf(code: string): ElementWords {
  return elements.value.get(code) ?? { code, kind: "text", zh: code, en: code, choices: [] };
}

/** The open to-dos about somebody. */
export function todosOf(person: string): Todo[] {
  return doors.value.flatMap((one) => one.matters).filter((one) => one.todo.subject === person && !one.done).map((one) => one.todo);
}

/** The bundle of a grid. */
export function bundleOf(grid: string): Bundle | undefined {
  return bundles.value.find((one) => one.grid === grid);
}
