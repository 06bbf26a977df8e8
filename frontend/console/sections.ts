/** The sections of the console, and who has which: the first that somebody has is what they see first. */
export interface Section {
  name: string;
  path: string;
  /** The roles that carry its permission (`wangge/platform/access/policy.py`). */
  roles: readonly string[];
  /** Roles that come by a link from an object, and don't have it in their header. */
  byLink?: readonly string[];
}

const SUPERVISION = ["acceptor", "duty_chief"] as const;
const COMMAND = ["dispatcher", "department_clerk", "crew"] as const;

// In the order of the header; a role's home is the first one that names it.
export const sections: readonly Section[] = [
  { name: "grids", path: "/grids", roles: ["grid_lead"] },
  { name: "cockpit", path: "/cockpit", roles: ["leader"] },
  { name: "feeds", path: "/feeds", roles: ["data_officer"] },
  { name: "pairs", path: "/pairs", roles: ["data_officer"] },
  { name: "planning", path: "/planning", roles: ["planner"] },
  { name: "users", path: "/users", roles: ["administrator"] },
  { name: "admissions", path: "/admissions", roles: ["organiser"] },
  { name: "cases", path: "/cases", roles: [...SUPERVISION, ...COMMAND, "grid_lead", "leader"] },
  { name: "handover", path: "/handover", roles: [...SUPERVISION, "dispatcher"] },
  { name: "map", path: "/map", roles: [...SUPERVISION, ...COMMAND, "grid_lead", "leader", "data_officer", "planner", "administrator"] },
  { name: "programmes", path: "/programmes", roles: ["department_clerk", "data_officer", "leader"] },
  { name: "feeds", path: "/feeds", roles: ["department_clerk"] },
  { name: "agreements", path: "/agreements", roles: ["data_officer", "department_clerk"] },
  { name: "return", path: "/return", roles: ["department_clerk"] },
  { name: "todos", path: "/todos", roles: ["grid_lead", "department_clerk", "data_officer", "leader"] },
  { name: "questions", path: "/questions", roles: ["data_officer", "department_clerk", "administrator"] },
  { name: "roster", path: "/roster", roles: ["grid_lead", "administrator"] },
  { name: "planning", path: "/planning", roles: ["leader", "administrator"] },
  { name: "rates", path: "/rates", roles: ["leader", "duty_chief", "dispatcher", "organiser", "administrator"] },
  { name: "audit", path: "/audit", roles: ["administrator", "data_officer"], byLink: [...SUPERVISION, ...COMMAND, "grid_lead", "leader"] },
];

/** The sections of somebody with these roles, each once. */
export function sectionsOf(roles: ReadonlySet<string>): Section[] {
  const theirs = sections.filter((one) => one.roles.some((role) => roles.has(role)));
  return theirs.filter((one, at) => theirs.findIndex((other) => other.name === one.name) === at);
}

/** Whether somebody may open a page: whoever has its section in the list above, wherever it stands there. */
export function mayOpen(name: string, roles: ReadonlySet<string>): boolean {
  return sections.some((one) => one.name === name && [...one.roles, ...(one.byLink ?? [])].some((role) => roles.has(role)));
}

/** Where somebody begins: the work list of the post. Nothing for whoever has no work at a desk. */
export function homeOf(roles: ReadonlySet<string>): string | undefined {
  return sectionsOf(roles)[0]?.path;
}
