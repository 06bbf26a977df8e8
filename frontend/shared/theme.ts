/** Light, dark or as the system says; and large type, which changes layout and not only size. */
import { ref, watchEffect } from "vue";

import { recall, remember } from "./words";

export type Theme = "light" | "dark" | "system";

const dark = matchMedia("(prefers-color-scheme: dark)");
export const theme = ref<Theme>((recall("wangge.theme") as Theme | null) ?? "system");
export const large = ref(recall("wangge.large") === "1");
export const isDark = ref(dark.matches);

/** Keep the page in the chosen look; call once an app. */
export function dress(app: "console" | "phone" | "portal"): void {
  const root = document.documentElement;
  root.dataset.app = app;
  dark.addEventListener("change", paint);
  watchEffect(paint);

  function paint(): void {
    isDark.value = theme.value === "dark" || (theme.value === "system" && dark.matches);
    root.dataset.theme = isDark.value ? "dark" : "light";
    root.toggleAttribute("data-large", large.value && app !== "console");
    remember("wangge.theme", theme.value);
    remember("wangge.large", large.value ? "1" : "0");
  }
}
