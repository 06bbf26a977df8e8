/** Kinds of matter that may be asked of a grid, as `wangge/work/todos/outcomes.py` has them. */
export const MATTERS = ["service", "visit", "confirm", "verify", "check", "office"] as const;
