/**
 * A page's filter stands in its address, and nowhere else: what is sent to somebody opens the same list.
 * A shape names the fields with what they are when the address says nothing; a default is never written.
 */
import { computed, type ComputedRef } from "vue";
import { type LocationQuery, useRoute, useRouter } from "vue-router";

/** A text, a whole number, or (null) yes, no and unasked. */
export type Shape = Record<string, string | number | null>;
export type Values<S extends Shape> = { [K in keyof S]: S[K] extends null ? boolean | null : S[K] extends number ? number : string };

/** What the address says; what it can't mean (a page "x") is as if it weren't there. */
export function read<S extends Shape>(shape: S, query: LocationQuery): Values<S> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, given]) => {
      const said = query[name];
      const text = Array.isArray(said) ? said[0] : said;
      if (text === undefined || text === null) return [name, given];
      if (given === null) return [name, text === "true" ? true : text === "false" ? false : null];
      if (typeof given === "number") return [name, /^\d{1,9}$/.test(text) ? Number(text) : given];
      return [name, text];
    }),
  ) as Values<S>;
}

/** The address of these values, without what is the default. */
export function write<S extends Shape>(shape: S, values: Values<S>): Record<string, string> {
  const differs = Object.entries(shape).filter(([name, given]) => values[name] !== given && values[name] !== "" && values[name] !== null);
  return Object.fromEntries(differs.map(([name]) => [name, String(values[name])]));
}

const PAGING = ["page", "size"];
/** How long a page of a list may be. */
export const SIZES = [20, 50, 100] as const;

/** The values as a query of the server: the same names, only what narrows. */
export function asked<S extends Shape>(shape: S, values: Values<S>): Partial<Values<S>> {
  const narrow = Object.keys(shape).filter((name) => values[name] !== "" && values[name] !== null && !PAGING.includes(name));
  return Object.fromEntries(narrow.map((name) => [name, values[name]])) as Partial<Values<S>>;
}

export interface Address<S extends Shape> {
  values: ComputedRef<Values<S>>;
  /** Change some fields; another filter begins on its first page. */
  set: (some: Partial<Values<S>>) => Promise<unknown>;
  query: ComputedRef<Record<string, string>>;
  /** What the server is asked for: the filter, without the page. */
  filter: ComputedRef<Partial<Values<S>>>;
  /** The address of this page with some fields changed: for links that keep the rest of the filter. */
  to: (some: Partial<Values<S>>) => { path: string; query: Record<string, string> };
}

/** The page of a list as the server counts it. A size that isn't offered is the smallest that holds it, at most the longest. */
export function paging(values: { page: number; size: number }): { limit: number; offset: number } {
  const limit = SIZES.find((one) => one >= values.size) ?? SIZES[SIZES.length - 1]!;
  return { limit, offset: (Math.max(values.page, 1) - 1) * limit };
}

/** The filter of the page that stands now. */
export function useAddress<S extends Shape>(shape: S): Address<S> {
  const route = useRoute();
  const router = useRouter();
  const values = computed(() => read(shape, route.query));
  function to(some: Partial<Values<S>>): { path: string; query: Record<string, string> } {
    const first = "page" in shape && !("page" in some) ? { page: shape.page } : {};
    return { path: route.path, query: write(shape, { ...values.value, ...first, ...some } as Values<S>) };
  }
  return {
    values, to,
    query: computed(() => write(shape, values.value)),
    filter: computed(() => asked(shape, values.value)),
    set: (some) => router.push(to(some)),
  };
}

/** The address of a file with the same filter as the list: `xlsx("/api/cases/cases.xlsx", { open: true })`. */
export function fileOf(path: string, filter: Record<string, string | number | boolean | null | undefined>): string {
  const said = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return said.length ? `${path}?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}` : path;
}
