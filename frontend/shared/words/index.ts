/** The words of the house: Chinese first, English complete; a page's own words live beside the page's app. */
import { createI18n } from "vue-i18n";

import { speak } from "../api/client";
import en from "./en";
import { inflected } from "./said";
import zh from "./zh-Hans";

export type Language = "zh-Hans" | "en";
export type Words = { [key: string]: string | Words };

const KEPT = "wangge.language";

/** The language somebody chose before on this machine, else that of the address (`?language=en`), else Chinese. */
export function chosen(): Language {
  const asked = new URLSearchParams(location.search).get("language");
  const said = asked ?? recall(KEPT) ?? "zh-Hans";
  return said.startsWith("en") ? "en" : "zh-Hans";
}

/** The words of one app over those that all apps share. */
// oxlint-disable-next-line explicit-module-boundary-types -- the type is the messages' own
export function words(app: Record<Language, Words>) {
  const language = chosen();
  settle(language);
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: "zh-Hans",
    postTranslation: (said) => (typeof said === "string" && said.includes("⟨") ? inflected(said) : said),
    messages: { "zh-Hans": { ...zh, ...app["zh-Hans"] }, en: { ...en, ...app.en } },
  });
}

/** Speak this language from now on: the page, the server, and the next visit. */
export function settle(language: Language): void {
  document.documentElement.lang = language;
  speak(language === "en" ? "en" : "zh-hans");
  remember(KEPT, language);
}

/** What this machine remembers; nothing where it keeps nothing (a private window, a full disk). */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Let this machine remember, if it can. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A choice that isn't kept is asked again; nothing else is lost.
  }
}
