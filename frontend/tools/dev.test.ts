import { expect, test } from "vitest";

import { pageOf } from "./dev.ts";

const APPS = ["console", "phone"];

test("every address below an app's name is its one page, a file is itself", () => {
  expect(pageOf("/console/", APPS)).toBe("/console/index.html");
  expect(pageOf("/console/cases/01a2-x?queue=mine&at=a.b", APPS)).toBe("/console/index.html");
  expect(pageOf("/console/main.ts?t=1", APPS)).toBeUndefined();
  expect(pageOf("/portal/report", APPS)).toBeUndefined();
  expect(pageOf("/api/cases/", APPS)).toBeUndefined();
});
