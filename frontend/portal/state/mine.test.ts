import { expect, it } from "vitest";

import { forget, forgetOwn, keep, kept, MOST } from "./mine";

const one = (n: number) => ({ number: `2026-0731-${n}`, tracking: `7K3QM-${n}`, what_zh: "路灯", what_en: "Street lamp", where: "", at: "" });

it("the newest comes first, each once, and the oldest go", () => {
  for (let n = 0; n < MOST + 5; n++) keep(one(n));
  keep(one(10));
  expect(kept.value.length).toBe(MOST);
  expect(kept.value[0]?.number).toBe("2026-0731-10");
  expect(kept.value.filter((row) => row.number === "2026-0731-10").length).toBe(1);
  expect(JSON.parse(localStorage.getItem("wangge.portal.reports") ?? "")).toEqual(kept.value);
});

it("can be forgotten, on the phone too", () => {
  for (const row of kept.value) forget(row.tracking);
  expect(kept.value).toEqual([]);
  expect(localStorage.getItem("wangge.portal.reports")).toBe("[]");
});

it("goes with the account that reported it; what was reported without one has nobody else to keep its code", () => {
  keep({ ...one(1), own: true });
  keep(one(2));
  forgetOwn();
  expect(kept.value.map((row) => row.number)).toEqual(["2026-0731-2"]);
  expect(localStorage.getItem("wangge.portal.reports")).not.toContain("2026-0731-1");
});
