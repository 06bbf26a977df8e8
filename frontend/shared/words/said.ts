/** Lists and figures as a page says them. */

/** Words one after the other, as the language writes it: 甲、乙 or A, B. */
export function listed(words: readonly string[], language: string): string {
  return words.join(language === "en" ? ", " : "、");
}

/**
 * What depends on a number, as English writes it: "{n} entr⟨y/ies⟩" has before the stroke what follows a one. The number is the last
 * one before it. Chinese needs none of it; a plural form of the library's own can't follow two numbers in one sentence.
 */
export function inflected(text: string): string {
  return text.replace(/⟨([^/⟩]*)\/([^⟩]*)⟩/g, (_all, one: string, many: string, at: number) => {
    const numbers = text.slice(0, at).match(/\d[\d,.]*/g);
    return numbers?.[numbers.length - 1] === "1" ? one : many;
  });
}

/** A figure as people read it: 4,305, and – while it isn't known. */
export function figure(n: number | null | undefined): string {
  return n?.toLocaleString("en") ?? "–";
}
