/** Doors with the matters that wait at each: what the bundle says, less what was done since on this phone. */
import type { Bundle, Row, Todo } from "../store/types";
import { byText, sorted } from "./lists";
import { length, minutesOnFoot, order } from "./walk";

/** What was done about a to-do on this phone, and what became of it. */
export type Done = Row;

export interface Matter {
  todo: Todo;
  /** The newest outcome said on this phone; a refused one leaves the matter open. */
  done?: Done;
}

export interface Door {
  /** Names it in an address: place and household. */
  id: string;
  place: string;
  household: string;
  grid: string;
  lon: number;
  lat: number;
  address: string;
  /** A case on site: a square on the map; a household is a circle. */
  onSite: boolean;
  matters: Matter[];
  /** Minutes of what is still open. */
  minutes: number;
  open: number;
  dueAt: string | null;
}

export interface Day {
  doors: Door[];
  later: Door[];
  matters: number;
  /** Minutes of the visits and of the way between them. */
  minutes: number;
  metres: number;
}

/** Outcomes by to-do; of several the last one said. What was said before a bundle was made and has come in is in it already. */
export function outcomes(rows: readonly Row[]): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const one of rows) if (one.kind === "settle" && one.todo) found.set(one.todo, one);
  return found;
}

/** All doors of a bundle at which something waits, or was done since. */
export function doorsOf(bundle: Bundle, done: ReadonlyMap<string, Row>, now: Date): Door[] {
  const by = new Map<string, Matter[]>();
  for (const todo of bundle.todos) {
    const said = done.get(todo.uid);
    if (!said && todo.not_before && new Date(todo.not_before) > now) continue;
    const id = doorId(todo.place, todo.household);
    by.set(id, [...(by.get(id) ?? []), { todo, done: said }]);
  }
  const addresses = new Addresses(bundle);
  return [...by].map(([id, matters]) => door(id, matters, bundle.grid, addresses));
}

export function doorId(place: string, household: string): string {
  return household ? `${place}.${household}` : place;
}

/** Whether a matter is still to be done on this phone. */
export function isOpen(matter: Matter): boolean {
  return !matter.done || matter.done.state === "refused";
}

function door(id: string, matters: Matter[], grid: string, addresses: Addresses): Door {
  const first = (matters[0] as Matter).todo;
  const open = matters.filter(isOpen);
  const due = open.map((one) => one.todo.due_at).filter((one): one is string => one !== null);
  return {
    id, place: first.place, household: first.household, grid, lon: first.lon, lat: first.lat,
    address: addresses.of(first), onSite: !first.household && first.subject_kind === "case",
    matters: sorted(matters, byText((one) => one.todo.due_at)),
    minutes: open.reduce((sum, one) => sum + one.todo.minutes_expected, 0), open: open.length,
    dueAt: [...due].sort()[0] ?? null,
  };
}

/** What a place is called: the door of the household, the building, or what stands next to it. */
class Addresses {
  private readonly doors = new Map<string, string>();
  private readonly buildings: Map<string, Bundle["ground"]["buildings"][number]>;

  constructor(private readonly bundle: Bundle) {
    this.buildings = new Map(bundle.ground.buildings.map((one) => [one.place, one]));
    const dwellings = new Map(bundle.held.dwellings.map((one) => [one.uid, one]));
    for (const one of bundle.held.households) {
      const dwelling = dwellings.get(one.dwelling);
      if (dwelling) this.doors.set(one.uid, doorName(dwelling));
    }
  }

  of(todo: Todo): string {
    return this.doors.get(todo.household) ?? this.buildings.get(todo.place)?.address ?? near(this.bundle, todo) ?? "";
  }
}

/** 学院街18号 2单元 501: number, entrance, door. */
export function doorName(one: { address: string; entrance: string; door: string }): string {
  const entrance = one.entrance && /^\d+$/.test(one.entrance) ? `${one.entrance}单元` : one.entrance;
  return [one.address, `${entrance}${one.door}`].filter(Boolean).join(" ");
}

/** The address of the nearest building within a stone's throw. */
export function near(bundle: Bundle, spot: { lon: number; lat: number }, within = 150): string | undefined {
  let best: { address: string; minutes: number } | undefined;
  for (const one of bundle.ground.buildings) {
    const away = Math.hypot((one.lon - spot.lon) * 96_000, (one.lat - spot.lat) * 111_000);
    if (one.address && away <= within && (!best || away < best.minutes)) best = { address: one.address, minutes: away };
  }
  return best?.address;
}

/**
 * What fits a day: everything due within two days, then what lies on the way until the minutes are used up. Nothing is hidden:
 * the rest is in `later`, by when it is due.
 */
export function plan(doors: readonly Door[], now: Date, budget: number): Day {
  const open = sorted(doors.filter((one) => one.open > 0), byText((one) => one.dueAt));
  const horizon = new Date(now.getTime() + 2 * 86_400_000).toISOString();
  const urgent = open.filter((one) => one.dueAt !== null && new Date(one.dueAt).toISOString() <= horizon);
  const rest = open.filter((one) => !urgent.includes(one));
  const walked = order(urgent.length ? order(urgent.slice(0, 1), urgent.slice(1)) : [], rest);
  const chosen: Door[] = [];
  let minutes = 0;
  for (const one of walked) {
    const before = chosen[chosen.length - 1];
    const more = one.minutes + (before ? minutesOnFoot(before, one) : 0);
    if (!urgent.includes(one) && chosen.length && minutes + more > budget) break;
    chosen.push(one);
    minutes += more;
  }
  return {
    doors: chosen, later: open.filter((one) => !chosen.includes(one)), minutes, metres: length(chosen),
    matters: chosen.reduce((sum, one) => sum + one.open, 0),
  };
}
