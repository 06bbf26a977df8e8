/** Doors with the matters that wait at each: what the bundle says, less what was done since on this phone. */
import type { Bundle, Row, Todo } from "../store/types";
import { atTheDoor, type Knocks, knocksOf, mustWait, visited } from "./knocks";
import { byMoment, sorted } from "./lists";
import { length, metres, minutesOnFoot, order } from "./walk";

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
  /** How often somebody may still knock here; nothing where nobody lives, or where it isn't known. */
  knocks?: Knocks;
  /** The month's visits are used up, and nobody there has asked for one: this door waits. */
  waits: boolean;
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
export function doorsOf(bundle: Bundle, done: ReadonlyMap<string, Row>, now: Date, rows: readonly Row[] = []): Door[] {
  const by = new Map<string, Matter[]>();
  for (const todo of bundle.todos) {
    const said = done.get(todo.uid);
    if (!said && todo.not_before && new Date(todo.not_before) > now) continue;
    const id = doorId(todo.place, todo.household);
    by.set(id, [...(by.get(id) ?? []), { todo, done: said }]);
  }
  const addresses = new Addresses(bundle);
  const days = visited(bundle, rows);
  return [...by].map(([id, matters]) => {
    const household = matters[0]?.todo.household ?? "";
    return door(id, matters, bundle.grid, addresses, knocksOf(bundle, household, days.get(household), now));
  });
}

export function doorId(place: string, household: string): string {
  return household ? `${place}.${household}` : place;
}

/** Whether a matter is still to be done on this phone. */
export function isOpen(matter: Matter): boolean {
  return !matter.done || matter.done.state === "refused";
}

function door(id: string, matters: Matter[], grid: string, addresses: Addresses, knocks: Knocks | undefined): Door {
  const first = (matters[0] as Matter).todo;
  const open = matters.filter(isOpen);
  const due = open.map((one) => one.todo.due_at).filter((one): one is string => one !== null);
  return {
    id, place: first.place, household: first.household, grid, lon: first.lon, lat: first.lat,
    address: addresses.of(first), onSite: !first.household && first.subject_kind === "case",
    matters: sorted(matters, byMoment((one) => one.todo.due_at)),
    minutes: open.reduce((sum, one) => sum + one.todo.minutes_expected, 0), open: open.length,
    dueAt: [...due].sort()[0] ?? null, knocks, waits: mustWait(knocks) && !open.some((one) => one.todo.invited || !atTheDoor(one.todo)),
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

const DAY = 86_400_000;
/** Days within which what is due belongs to today's walk, as far as the minutes go. */
const SOON = 5;
/** Minutes that another building costs, before the way is known. */
const ANOTHER = 4;

/**
 * What fits a day: whatever is due by tomorrow; then what is due this week; then what lies nearest to those, until the minutes are
 * used up. What is due by tomorrow is walked first and in that order. Nobody is knocked at once more than their month allows, however
 * urgent. Nothing is hidden: the rest is in `later`, by when it is due.
 */
export function plan(doors: readonly Door[], now: Date, budget: number): Day {
  const all = sorted(doors.filter((one) => one.open > 0), byMoment((one) => one.dueAt));
  const open = all.filter((one) => !one.waits);
  const due = (one: Door): number => (one.dueAt === null ? Number.POSITIVE_INFINITY : new Date(one.dueAt).getTime() - now.getTime());
  const must = open.filter((one) => due(one) <= DAY);
  const chosen = new Basket(must, budget);
  for (const one of open) if (due(one) > DAY && due(one) <= SOON * DAY) chosen.take(one);
  if (!chosen.doors.length && open[0]) chosen.take(open[0], true);
  const anchors = [...chosen.doors];
  const away = (one: Door): number => Math.min(...anchors.map((anchor) => metres(anchor, one)));
  const near = open.filter((one) => !chosen.doors.includes(one)).map((one) => ({ one, away: away(one) }));
  for (const { one } of near.sort((a, b) => a.away - b.away)) if (!chosen.take(one)) break;
  const first = must.length ? must : chosen.doors.slice(0, 1);
  const walked = order(first, chosen.doors.filter((one) => !first.includes(one)));
  return {
    doors: walked, later: all.filter((one) => !walked.includes(one)), metres: length(walked),
    minutes: walked.reduce((sum, one, n) => sum + one.minutes + (n ? minutesOnFoot(walked[n - 1] as Door, one) : 0), 0),
    matters: walked.reduce((sum, one) => sum + one.open, 0),
  };
}

/** Doors until the minutes are used up. */
class Basket {
  readonly doors: Door[];
  private minutes: number;
  private readonly places: Set<string>;

  constructor(doors: readonly Door[], private readonly budget: number) {
    this.doors = [...doors];
    this.places = new Set(doors.map((one) => one.place));
    this.minutes = doors.reduce((sum, one) => sum + one.minutes, 0) + this.places.size * ANOTHER;
  }

  /** Take a door if it fits (or must); says whether it did. */
  take(one: Door, must = false): boolean {
    const more = one.minutes + (this.places.has(one.place) ? 0 : ANOTHER);
    if (!must && this.minutes + more > this.budget) return false;
    this.minutes += more;
    this.places.add(one.place);
    this.doors.push(one);
    return true;
  }
}
