/** The word of a record in the language of the page: records carry both (`name_zh`, `name_en`). */
import { day, hour } from "@shared/time";
import { listed } from "@shared/words/said";
import { computed, type ComputedRef } from "vue";
import { useI18n } from "vue-i18n";

import { cityNow } from "./city";
import { dayWord } from "./days";

export interface Saying {
  chinese: ComputedRef<boolean>;
  /** The dot between words: full width in Chinese type, where blanks beside it would tear the line apart. */
  dot: ComputedRef<string>;
  say: (zh: string | null | undefined, en: string | null | undefined) => string;
  listed: (words: readonly string[]) => string;
  onDay: (at: string) => string;
  atHour: (at: string) => string;
}

export function useSay(): Saying {
  const { locale } = useI18n();
  const chinese = computed(() => locale.value !== "en");
  const onDay = (at: string): string => dayWord(at, chinese.value, cityNow());
  return {
    chinese,
    dot: computed(() => (chinese.value ? "·" : " · ")),
    say: (zh, en) => (chinese.value ? zh : en) || zh || "",
    listed: (words) => listed(words, locale.value),
    onDay,
    atHour: (at) => `${onDay(day(at))} ${hour(at)}`,
  };
}
