/** Server texts come in both languages: the one that is spoken. */
import { calendar } from "@shared/time";
import { listed } from "@shared/words/said";
import { useI18n } from "vue-i18n";

import type { Bundle, BundlePerson } from "../store/types";

export interface Both {
  zh: string;
  en: string;
}

export interface Speech {
  said: (one: Both) => string;
  /** 女·1944年生: the phone knows no birthday, and an age a year off stood beside the right one of the reason. */
  about: (person: BundlePerson) => string;
  /** A grid, by its name. */
  named: (ground: Pick<Bundle["ground"], "name_zh" | "name_en">) => string;
  listed: (words: readonly string[]) => string;
  /** 7月31日周五 */
  date: (at: string | Date) => string;
  /** 3 小时 10 分 */
  span: (minutes: number) => string;
}

export function useSpeech(): Speech {
  const { t, locale } = useI18n();
  const said = (one: Both): string => (locale.value === "en" ? one.en || one.zh : one.zh);
  return {
    said,
    named: (ground) => said({ zh: ground.name_zh, en: ground.name_en }),
    listed: (words) => listed(words, locale.value),
    about: (person) => {
      const sex = person.sex === "1" ? t("people.male") : person.sex === "2" ? t("people.female") : "";
      return [sex, person.birth_year ? t("people.born", { year: person.birth_year }) : ""].filter(Boolean).join("·");
    },
    date: (at) => {
      const { month, day, weekday } = calendar(at);
      return t("calendar.date", { month: t(`calendar.m${month}`), day, weekday: t(`calendar.d${weekday}`) });
    },
    span: (minutes) =>
      minutes >= 60 ? t("today.time", { h: Math.floor(minutes / 60), m: minutes % 60 }) : t("today.minutes", { m: minutes }),
  };
}
