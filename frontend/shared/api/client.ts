/** The one way to the server: a client typed by the house's own OpenAPI schema, and errors that say what to do. */
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "./schema";

/** One thing that is wrong in a file: where, what was expected, what to do. */
export type Fault = components["schemas"]["Fault"];

/** What the server says when it refuses: a code for programs, a sentence and an advice for people; of a file, every fault. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly advice: string = "",
    readonly faults: readonly Fault[] = [],
    /** Seconds after which trying again is worth while, where the server says so. */
    readonly retryAfter: number = 0,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** The request never reached the server, or its answer never came back: nothing is known of what happened. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("unreachable", { cause });
    this.name = "Unreachable";
  }
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** The value of a cookie, or nothing. */
export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

let language = "zh-hans";

/** The language in which the server answers from now on. */
export function speak(code: string): void {
  language = code;
}

/** Headers that every request of the house carries. */
export function headers(method: string): Record<string, string> {
  const found: Record<string, string> = { "Accept-Language": language };
  if (!SAFE.has(method.toUpperCase())) found["X-CSRFToken"] = cookie("csrftoken");
  return found;
}

const house: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headers(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await refusalOf(response);
  },
  onError({ error }) {
    return error instanceof Refusal ? error : new Unreachable(error);
  },
};

/** What a refusing answer says; an answer of another shape (a proxy's page) is told by its status. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  const wait = Number(response.headers.get("Retry-After")) || 0;
  try {
    const said = JSON.parse(text) as { code?: string; message?: string; detail?: unknown; advice?: string; faults?: Fault[] };
    const message = said.message ?? (typeof said.detail === "string" ? said.detail : "");
    return new Refusal(response.status, said.code ?? "", message || String(response.status), said.advice ?? "", said.faults ?? [], wait);
  } catch {
    return new Refusal(response.status, "", String(response.status), "", [], wait);
  }
}

/** Typed by path: `const { data } = await api.GET("/api/cases/{uid}", { params: { path: { uid } } })`. */
export const api = createClient<paths>({ credentials: "same-origin" });
api.use(house);
