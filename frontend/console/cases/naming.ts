/** Whom the responsibility list names: its codes are prefixes, and the longer one knows better. */
export interface Named {
  class_code: string;
  area: string;
  department: string;
  clause: string;
}

/** The lines for a case, the most exact first, each department once. */
export function namedFor(one: { class_code: string; area: string }, list: readonly Named[]): Named[] {
  const fitting = list.filter((line) => one.class_code.startsWith(line.class_code) && one.area.startsWith(line.area));
  const exact = fitting.sort((a, b) => b.class_code.length - a.class_code.length || b.area.length - a.area.length);
  return exact.filter((line, at) => exact.findIndex((other) => other.department === line.department) === at);
}
