/** Who is signed in on this phone, and whether the account is bound to a person: unbound, it is shown nothing. */
import { api, Unreachable } from "@shared/api/client";
import { me, meet } from "@shared/session";
import { computed, ref } from "vue";

const bound = ref(false);
const realName = ref(false);
const asked = ref(false);

/** False until the server has answered once. */
export const known = computed(() => asked.value);
export const signedIn = computed(() => Boolean(me.value));
export const isBound = computed(() => signedIn.value && bound.value);
/** Whether the city has a real-name sign-in to bind by. */
export const hasRealName = computed(() => realName.value);

/** Ask the server; a lost network leaves what was known. */
export async function learnAccount(): Promise<void> {
  try {
    if (await meet()) {
      const { data } = await api.GET("/api/residents/me");
      bound.value = data?.bound ?? false;
      realName.value = data?.real_name ?? false;
    } else {
      bound.value = false;
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  } finally {
    asked.value = true;
  }
}

let first: Promise<void> | undefined;

/** The same, once for all pages that wait for it. */
export function account(): Promise<void> {
  first ??= learnAccount();
  return first;
}
