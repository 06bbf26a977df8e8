/** Where a service stands for whoever it is for. */
import type { components } from "@shared/api/schema";

export type MyService = components["schemas"]["MyService"];

const WAITING = new Set(["undetermined", "proposed", "to_confirm", "pushed", "confirmed"]);

/** Whether something may still come of it without anybody asking again. */
export function isOpen(service: Pick<MyService, "state">): boolean {
  return WAITING.has(service.state);
}

/** Those that wait first, by when they are due; then those that ended, the newest first. */
export function inOrder(services: readonly MyService[]): MyService[] {
  const soonest = (one: MyService): string => one.decline_until ?? one.due_at ?? "9";
  const open = services.filter(isOpen).sort((a, b) => soonest(a).localeCompare(soonest(b)));
  const ended = services.filter((one) => !isOpen(one)).sort((a, b) => (b.decided_at ?? "").localeCompare(a.decided_at ?? ""));
  return [...open, ...ended];
}
