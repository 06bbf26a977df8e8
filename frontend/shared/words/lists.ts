/** Words one after the other, as the language writes it: 甲、乙 or A, B. */
export function listed(words: readonly string[], language: string): string {
  return words.join(language === "en" ? ", " : "、");
}
