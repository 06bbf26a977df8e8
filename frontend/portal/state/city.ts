/** The city that this portal is of, and its moment: a phone's own clock may be wrong, and a demo's town has another day. */
import { api } from "@shared/api/client";
import { recall, remember } from "@shared/words";
import { setZone } from "@shared/time";
import { computed, ref } from "vue";

const KEPT = "wangge.portal.city";

interface City {
  zh: string;
  en: string;
}

const city = ref<City>(read());
const ahead = ref(0);

/** What the city is called, known from the last visit until the server says it. */
export const cityName = computed(() => city.value);

/** The city's moment. */
export function cityNow(): Date {
  return new Date(Date.now() + ahead.value);
}

/** Ask the server; without a network the last answer and the phone's own clock stand. */
export async function learnCity(): Promise<void> {
  try {
    const { data } = await api.GET("/api/city/now");
    if (!data) return;
    ahead.value = new Date(data.now).getTime() - Date.now();
    setZone(data.zone);
    city.value = { zh: data.name_zh, en: data.name_en };
    remember(KEPT, JSON.stringify(city.value));
  } catch {
    // Nothing on the page depends on it but a name.
  }
}

function read(): City {
  try {
    return JSON.parse(recall(KEPT) ?? "") as City;
  } catch {
    return { zh: "", en: "" };
  }
}
