/** One line that says what was done, with the way back where there is one. */
import { shallowRef } from "vue";

export interface Toast {
  text: string;
  tone?: "done" | "late";
  undo?: { label: string; run: () => unknown };
}

export const toast = shallowRef<Toast>();
let leaving: ReturnType<typeof setTimeout> | undefined;

/** Say it for a while; what can be undone stays longer. */
export function say(one: Toast): void {
  clearTimeout(leaving);
  toast.value = one;
  leaving = setTimeout(() => (toast.value = undefined), one.undo ? 15_000 : 6_000);
}
