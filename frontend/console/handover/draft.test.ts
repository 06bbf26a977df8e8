import { describe, expect, it } from "vitest";

import type { CaseLine } from "../cases/due";
import { add, byDay, clear, type Desk, draftOf, type Page, sent, toggle, useRows, whole } from "./draft";

const line = (uid: string): CaseLine => ({ uid }) as CaseLine;
const desk = { axis: "supervision", area: "420502", proposed: [{ case: line("a"), why: "overdue", reason: "已超时" }] } as unknown as Desk;

describe("what a shift is about to hand over", () => {
  it("stays while a case is looked at, and is another one's at another desk", () => {
    draftOf("u1", "supervision").said = "盯一下";
    expect(draftOf("u1", "supervision").said).toBe("盯一下");
    expect(draftOf("u1", "command").said).toBe("");
    expect(draftOf("u2", "supervision").said).toBe("");
  });

  it("names a case once, and forgets the note of one that is left out", () => {
    const draft = draftOf("u3", "");
    expect(whole(draft)).toBe(false);
    toggle(draft, "a");
    draft.notes.set("a", " 等回电 ");
    add(draft, line("b"));
    add(draft, line("b"));
    expect(sent(draft, desk)).toEqual({
      said: "", axis: "supervision", area: "420502", cases: [{ case: "a", note: "等回电" }, { case: "b", note: "" }],
    });
    toggle(draft, "a");
    toggle(draft, "a");
    expect(draft.notes.get("a")).toBe("");
    clear(draft);
    expect(whole(draft)).toBe(false);
  });

  it("is nothing while only blanks are written", () => {
    const draft = draftOf("u4", "");
    draft.said = " \n";
    expect(whole(draft)).toBe(false);
  });

  it("shows a case that was added until it is proposed by itself", () => {
    const draft = draftOf("u5", "");
    add(draft, line("a"));
    add(draft, line("b"));
    expect(useRows(() => desk, () => draft).value.map((one) => [one.line.uid, one.why])).toEqual([["a", "overdue"], ["b", ""]]);
    expect(useRows(() => undefined, () => draft).value.map((one) => one.line.uid)).toEqual(["a", "b"]);
  });
});

describe("the book by days", () => {
  const page = (uid: string, at: string): Page => ({ uid, at }) as Page;

  it("begins a day where the city's day begins, in the book's order", () => {
    const pages = [page("c", "2026-07-31T00:30:00+08:00"), page("b", "2026-07-30T23:30:00+08:00"), page("a", "2026-07-30T08:00:00+08:00")];
    expect(byDay(pages).map((one) => [one.day, one.pages.map((held) => held.uid)])).toEqual([["2026-07-31", ["c"]], ["2026-07-30", ["b", "a"]]]);
    expect(byDay([])).toEqual([]);
  });
});
