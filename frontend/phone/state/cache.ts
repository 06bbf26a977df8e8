/** What the server says that hardly changes (classes, services): asked when there is a network, kept sealed for when there is none. */
import { known } from "@shared/api/outcome";
import { onMounted, type Ref, shallowRef } from "vue";

import { user, vault } from "./phone";

export interface Kept<T> {
  data: Ref<T | undefined>;
  /** Whether what is shown may be old, since the server couldn't be asked. */
  old: Ref<boolean>;
}

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
