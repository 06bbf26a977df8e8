/** Numbers of one's own that a neighbour at one's shoulder shouldn't read. */

export const PRIVATE: ReadonlySet<string> = new Set(["id_number", "phone", "guardian_phone", "disability_certificate"]);

/** The first three and last two or four characters, as staff see them too; short ones but their first. */
export function masked(value: string): string {
  if (value.length <= 4) return value.slice(0, 1) + "*".repeat(Math.max(0, value.length - 1));
  const end = value.length > 11 ? 2 : 4;
  return `${value.slice(0, 3)}${"*".repeat(Math.max(1, value.length - 3 - end))}${value.slice(-end)}`;
}
