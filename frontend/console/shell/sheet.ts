import { ref } from "vue";

/** Whether the sheet of all keys is open. */
export const sheetOpen = ref(false);
