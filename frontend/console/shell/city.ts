/** The city's moment: its own clock and working time, not the machine's. A demo's city may live on another day. */
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { setZone } from "@shared/time";
import { ref, shallowRef } from "vue";

type Now = components["schemas"]["NowRecord"];

export const city = shallowRef<Now>();
/** The city's moment, every half minute. */
export const now = ref(new Date());

let ahead = 0; // milliseconds by which the city is ahead of this machine
let ticking: ReturnType<typeof setInterval> | undefined;
let asking: Promise<void> | undefined;

/** Ask what time it is; from then on it goes by itself. Asked again when office hours begin or end. */
export function keepTime(): Promise<void> {
  ticking ??= setInterval(tick, 30_000);
  asking ??= ask().finally(() => (asking = undefined));
  return asking;
}

async function ask(): Promise<void> {
  const { data } = await api.GET("/api/city/now");
  if (!data) return;
  ahead = new Date(data.now).getTime() - Date.now();
  setZone(data.zone);
  city.value = data;
  tick();
}

function tick(): void {
  now.value = new Date(Date.now() + ahead);
  const turns = city.value?.until ?? city.value?.opens_at;
  if (turns && now.value >= new Date(turns)) void keepTime().catch(() => undefined);
}

/** The first moment of a day of the city. */
export function startOf(date: string): string {
  return momentOf(date, "00:00:00");
}

/** The last second of a day of the city. */
export function endOf(date: string): string {
  return momentOf(date, "23:59:59");
}

function momentOf(date: string, at: string): string {
  const zone = /[+-]\d\d:\d\d$/.exec(city.value?.now ?? "")?.[0] ?? "Z";
  return new Date(`${date}T${at}${zone}`).toISOString();
}
