/** A picture that is only on this phone, as an address that an image can show; given back when it is shown no more. */
import { onUnmounted, type Ref, ref, watch } from "vue";

export function useShown(blob: () => Blob | undefined): Ref<string> {
  const address = ref("");
  watch(
    blob,
    (one) => {
      URL.revokeObjectURL(address.value);
      address.value = one ? URL.createObjectURL(one) : "";
    },
    { immediate: true },
  );
  onUnmounted(() => URL.revokeObjectURL(address.value));
  return address;
}
