/** The filter of the list of to-dos: in the address, and as the server is asked. */
import { asked, type Shape, type Values } from "../address";

export const STATES = ["open", "waiting", "settled"] as const;
export const ORIGINS = ["cases", "services", "registry", "hub", "residents"] as const;
export const SHAPE = {
  state: "open", text: "", department: "", origin: "", grid: "", overdue: null,
  created_from: "", created_to: "", settled_from: "", settled_to: "", page: 1, size: 50,
} satisfies Shape;

/**
 * What the server is asked. A list shows what is open unless a state is named; "any" names all of them, which the server
 * knows as an empty state.
 */
export function narrowing(values: Values<typeof SHAPE>): Record<string, string | boolean> {
  const { state, overdue, ...rest } = asked(SHAPE, values) as Record<string, string | boolean>;
  return { ...rest, state: state === "any" ? "" : (state ?? ""), ...(overdue ? { overdue: true } : {}) };
}
