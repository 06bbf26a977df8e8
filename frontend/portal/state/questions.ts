/** What this person asked about looks at their data, by the look: the newest of each is what one reads. */
import type { components } from "@shared/api/schema";

export type Question = components["schemas"]["AskedAbout"];

/** `剩 4.8 工作日` as people say it: whole days, rounded down so that nobody is promised less time; below one it stays exact. */
export function whole(left: string): string {
  return left.replace(/([1-9]\d*)\.\d+/, "$1");
}

/** By the look's number the newest question about it; the server's order is newest first. */
export function byLook(questions: readonly Question[]): Map<string, Question> {
  const found = new Map<string, Question>();
  for (const one of questions) if (!found.has(one.look)) found.set(one.look, one);
  return found;
}
