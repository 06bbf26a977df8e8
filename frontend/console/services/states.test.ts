import { expect, it } from "vitest";

import { inOrder } from "./states";

it("puts states as people go through them, and unknown ones last", () => {
  expect(inOrder(["settled", "new_one", "pushed", "undetermined"])).toEqual(["undetermined", "pushed", "settled", "new_one"]);
  expect(inOrder([])).toEqual([]);
});
