import { expect, it } from "vitest";

import { masked } from "./masking";

it.each([
  ["13800135521", "138****5521"],
  ["420502194105181474", "420*************74"],
  ["1234", "1***"],
  ["", ""],
])("%s → %s", (value, shown) => expect(masked(value)).toBe(shown));
