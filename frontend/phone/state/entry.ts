/** Whether somebody is in the middle of filling something in: what would take the page away waits for them. */
import { computed, onBeforeUnmount, reactive, type Ref, watch } from "vue";

const open = reactive(new Set<symbol>());
export const entering = computed(() => open.size > 0);

/** While `filled` holds, this component has something in it that isn't saved yet. */
export function useEntry(filled: Ref<boolean>): void {
  const own = Symbol("entry");
  watch(filled, (yes) => (yes ? open.add(own) : open.delete(own)), { immediate: true });
  onBeforeUnmount(() => open.delete(own));
}
