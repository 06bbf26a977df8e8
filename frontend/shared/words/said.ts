/** Lists and figures as a page says them. */

/** Words one after the other, as the language writes it: 甲、乙 or A, B. */
export function listed(words: readonly string[], language: string): string {
  return words.join(language === "en" ? ", " : "、");
}

/** A figure as people read it: 4,305, and – while it isn't known. */
export function figure(n: number | null | undefined): string {
  return n?.toLocaleString("en") ?? "–";
}
