/** Server texts come in both languages: the one that is spoken. */
import { useI18n } from "vue-i18n";

import { age } from "../logic/people";
import type { BundlePerson } from "../store/types";
import { moment } from "./phone";

export interface Both {
  zh: string;
  en: string;
}

export interface Speech {
  said: (one: Both) => string;
  /** 女·82 岁 */
  about: (person: BundlePerson) => string;
  /** 3 小时 10 分 */
  span: (minutes: number) => string;
}

export function useSpeech(): Speech {
  const { t, locale } = useI18n();
  const said = (one: Both): string => (locale.value === "en" ? one.en || one.zh : one.zh);
  return {
    said,
    about: (person) => {
      const years = age(person, moment.value);
      const sex = person.sex === "1" ? t("people.male") : person.sex === "2" ? t("people.female") : "";
      return [sex, years === null ? "" : t("people.years", { n: years })].filter(Boolean).join("·");
    },
    span: (minutes) =>
      minutes >= 60 ? t("today.time", { h: Math.floor(minutes / 60), m: minutes % 60 }) : t("today.minutes", { m: minutes }),
  };
}
