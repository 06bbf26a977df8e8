/** The phone's own words, over those that all apps share. English is fetched by those who read it: an old phone waits for every kilobyte. */
import type { Language, Words } from "@shared/words";

import zh from "./words/zh-Hans";

export async function english(): Promise<Words> {
  return (await import("./words/en")).default;
}

export async function phoneWords(language: Language): Promise<Record<Language, Words>> {
  return { "zh-Hans": zh, en: language === "en" ? await english() : {} };
}
