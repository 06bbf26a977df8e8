/** What a trail's page asks and links to. */

/** Objects whose trail may be asked for, each with the permission that opens the object. */
export const KINDS = [
  { kind: "case", permission: "cases.see" }, { kind: "todo", permission: "todos.see" }, { kind: "feed", permission: "hub.see" },
  { kind: "delivery", permission: "hub.see" }, { kind: "agreement", permission: "hub.see" }, { kind: "pair", permission: "hub.review" },
  { kind: "programme", permission: "services.see" }, { kind: "user", permission: "access.users.see" }, { kind: "person", permission: "audit.see" },
] as const;

/** The kinds that somebody may ask for; whoever reads any trail has all of them. */
export function kindsOf(may: (permission: string) => boolean): string[] {
  return KINDS.filter((one) => may("audit.see") || may(one.permission)).map((one) => one.kind);
}

const TASKS: Record<string, string> = { todo: "todo", case: "case", cases: "case", pair: "pair", programme: "programme", hub: "", services: "" };

/** The trail that a task stands for: `todo:…` and `cases:…` have one. */
export function trailOf(task: string): { kind: string; id: string } | undefined {
  const [room = "", ...rest] = task.split(":");
  const kind = TASKS[room];
  return kind && rest.length ? { kind, id: rest.join(":") } : undefined;
}
