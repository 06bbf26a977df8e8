/** One line that says what was done, with the way back where there is one. */
import { Refusal } from "@shared/api/client";
import { known } from "@shared/api/outcome";
import { shallowRef } from "vue";
import { useI18n } from "vue-i18n";

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

/** Do something; what is refused, or doesn't reach the server, is told in one line. */
export function useTelling(): (work: () => Promise<unknown>) => Promise<void> {
  const { t } = useI18n();
  return async (work) => {
    try {
      await work();
    } catch (error) {
      const why = known(error);
      say({ text: why instanceof Refusal ? why.message : t("common.unreachable"), tone: "late" });
    }
  };
}
