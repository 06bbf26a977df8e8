/** Where a request stands, for pages that draw their frame at once and their data after. */
import { computed, type ComputedRef, type Ref, ref, shallowRef } from "vue";

import { Refusal, Unreachable } from "./client";

export interface Loading<T> {
  data: Readonly<Ref<T | undefined>>;
  problem: Readonly<Ref<Refusal | Unreachable | undefined>>;
  busy: Readonly<Ref<boolean>>;
  first: ComputedRef<boolean>;
  load: () => Promise<void>;
}

/**
 * Ask again and again with `load`; of two answers on their way the newer question's counts.
 * What was shown stays while the next answer is on its way, and when it fails: nothing flickers and nothing is lost.
 */
export function loading<T>(ask: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const problem = shallowRef<Refusal | Unreachable>();
  const busy = ref(false);
  let latest = 0;

  async function load(): Promise<void> {
    const mine = ++latest;
    busy.value = true;
    try {
      const found = await ask();
      if (mine !== latest) return;
      data.value = found;
      problem.value = undefined;
    } catch (error) {
      if (mine !== latest) return;
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
      problem.value = error;
    } finally {
      if (mine === latest) busy.value = false;
    }
  }

  return { data, problem, busy, first: computed(() => busy.value && data.value === undefined), load };
}
