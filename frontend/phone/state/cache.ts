/** What the server says that hardly changes (classes, services): asked when there is a network, kept sealed for when there is none. */
import { api } from "@shared/api/client";
import { known } from "@shared/api/outcome";
import { onMounted, type Ref, shallowRef } from "vue";

import { user, vault } from "./phone";

export interface Kept<T> {
  data: Ref<T | undefined>;
  /** Whether what is shown may be old, since the server couldn't be asked. */
  old: Ref<boolean>;
}

/** What a walk without a network needs: nobody opens these pages first in order to have them later. */
export const CARRIED = {
  classes: async () => (await api.GET("/api/cases/classes")).data,
  programmes: async () => (await api.GET("/api/register/programmes")).data,
};

export function kept<T>(name: string, ask: () => Promise<T | undefined>): Kept<T> {
  const data = shallowRef<T>();
  const old = shallowRef(false);
  onMounted(async () => {
    const who = user.value?.uid;
    if (!who) return;
    data.value = await vault.recall<T>(who, name);
    try {
      const found = await ask();
      if (found === undefined) return;
      data.value = found;
      await vault.keep(who, name, found);
    } catch (error) {
      known(error);
      old.value = true;
    }
  });
  return { data, old };
}

/** Fetch what is carried and isn't on the phone yet. Whatever fails is asked again another time. */
export async function carry(): Promise<void> {
  const who = user.value?.uid;
  if (!who || !navigator.onLine) return;
  for (const [name, ask] of Object.entries(CARRIED)) {
    if (await vault.recall(who, name)) continue;
    try {
      const found = await ask();
      if (found !== undefined && user.value?.uid === who) await vault.keep(who, name, found);
    } catch (error) {
      known(error);
      return;
    }
  }
}
