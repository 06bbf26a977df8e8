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
      if (mine === latest) problem.value = known(error);
    } finally {
      if (mine === latest) busy.value = false;
    }
  }

  return { data, problem, busy, first: computed(() => busy.value && data.value === undefined), load };
}

export interface Acting {
  busy: Readonly<Ref<boolean>>;
  problem: Ref<Refusal | Unreachable | undefined>;
  attempt: (work: () => Promise<unknown>) => Promise<boolean>;
}

/**
 * What a button does: one act at a time, and what went wrong with it stays to be read until the next one.
 * `attempt` answers whether it was done; asked again while it is busy, it does nothing.
 */
export function acting(): Acting {
  const busy = ref(false);
  const problem = shallowRef<Refusal | Unreachable>();

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = known(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, attempt };
}

/** An error that people are told of; any other is a fault of ours and is thrown on. */
export function known(error: unknown): Refusal | Unreachable {
  if (error instanceof Refusal || error instanceof Unreachable) return error;
  throw error;
}
