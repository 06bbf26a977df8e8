/** Who is signed in on this machine, and what their posts let them do. */
import { computed, readonly, shallowRef } from "vue";

import { api, headers, Refusal, refusalOf, Unreachable } from "../api/client";
import type { components } from "../api/schema";

export type Me = components["schemas"]["UserRecord"];

const LOGIN = "/_allauth/browser/v1/auth/login";
const SIGNUP = "/_allauth/browser/v1/auth/signup";
const SESSION = "/_allauth/browser/v1/auth/session";
/** What accounts answer where nobody is signed in any more. */
const OUT = 401;

const state = shallowRef<Me | null>();

/** The signed-in user; null where nobody is, undefined before anybody asked. */
export const me = readonly(state);
/** The roles of the grants in force. */
export const roles = computed(() => new Set((state.value?.grants ?? []).map((one) => one.role)));

/** Whether the signed-in user's posts carry a permission somewhere: what would be refused isn't offered, nor asked for. */
export function may(permission: string): boolean {
  return state.value?.may?.includes(permission) ?? false;
}

/** Ask the server who is signed in. Raises `Unreachable` without a network. */
export async function meet(): Promise<Me | null> {
  const { data: visitor } = await api.GET("/api/access/visitor");
  // Where nobody is signed in the next question would be refused, which a browser's console calls an error.
  if (visitor && !visitor.signed_in) {
    state.value = null;
    return null;
  }
  try {
    const { data } = await api.GET("/api/access/me");
    state.value = data ?? null;
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 403)) throw error;
    state.value = null;
  }
  return state.value ?? null;
}

/** Sign in. Raises `Refusal` with the server's words where the name or the password is wrong, or a second factor is due. */
export async function signIn(username: string, password: string): Promise<void> {
  await token();
  const answer = await ask(LOGIN, "POST", { username, password });
  if (!answer.ok) throw await saidByAccounts(answer);
  await meet();
}

/** Make an account and sign in with it; it holds nothing until a person is bound to it. Raises like `signIn`. */
export async function signUp(username: string, password: string): Promise<void> {
  await token();
  const answer = await ask(SIGNUP, "POST", { username, password });
  if (!answer.ok) throw await saidByAccounts(answer);
  await meet();
}

/** Sign out; the server ends the session. Raises `Refusal` where it didn't, `Unreachable` without a network. */
export async function signOut(): Promise<void> {
  await token();
  const answer = await ask(SESSION, "DELETE");
  if (!answer.ok && answer.status !== OUT) throw await saidByAccounts(answer);
  state.value = null;
}

/** Make sure that this session has a token for its forms. */
async function token(): Promise<void> {
  if (!document.cookie.includes("csrftoken=")) await api.GET("/api/access/visitor");
}

async function ask(path: string, method: string, body?: object): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      headers: { ...headers(method), "Content-Type": "application/json" },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (error) {
    throw new Unreachable(error);
  }
}

/** Accounts answer in a shape of their own: a list of errors with a message each. */
async function saidByAccounts(answer: Response): Promise<Refusal> {
  const copy = answer.clone();
  try {
    const said = (await copy.json()) as { errors?: { code?: string; message?: string }[] };
    const first = said.errors?.[0];
    if (first) return new Refusal(answer.status, first.code ?? "", first.message ?? "");
  } catch {
    // Not theirs: told by its status below.
  }
  return refusalOf(answer);
}
