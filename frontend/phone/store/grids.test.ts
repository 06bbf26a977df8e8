import { Refusal, Unreachable } from "@shared/api/client";
import { describe, expect, it } from "vitest";

import { doorsOf, isOpen, outcomes } from "../logic/doors";
import { now, setClock, wind } from "./clock";
import { held, leave, renew } from "./grids";
import { Outbox } from "./outbox";
import { flush } from "./sender";
import { bundleOf, fresh, Server, settling } from "./testing";
import type { Bundle, Todo } from "./types";

const AT = "2026-06-30T02:05:00Z";
const NOW = new Date("2026-06-30T03:00:00Z");

function source(...bundles: Bundle[]) {
  return {
    myGrids: async () => bundles.map((one) => one.grid),
    bundle: async (grid: string) => bundles.find((one) => one.grid === grid) as Bundle,
  };
}

describe("the grids on a phone", () => {
  it("are there without a network, sealed", async () => {
    const { vault } = fresh();
    await renew(vault, "wang", source(bundleOf("001"), bundleOf("002")));
    expect((await held(vault, "wang", NOW)).map((one) => one.grid)).toEqual(["001", "002"]);
    const [kept] = await vault.kept.toArray();
    expect(new TextDecoder().decode(kept!.sealed.data)).not.toContain("气象台");
  });

  it("go when the duty moves to somebody else; what was said there is still sent", async () => {
    const { vault, outbox } = fresh();
    await renew(vault, "wang", source(bundleOf("001"), bundleOf("002")));
    await outbox.add(settling("t1"), AT);
    await renew(vault, "wang", source(bundleOf("002")));
    expect((await held(vault, "wang", NOW)).map((one) => one.grid)).toEqual(["002"]);
    expect(await vault.kept.count()).toBe(1);
    const server = new Server();
    await flush(outbox, server.post);
    expect(server.done).toHaveLength(1);
  });

  it("go when the duty ends between two questions", async () => {
    const { vault } = fresh();
    await renew(vault, "wang", source(bundleOf("001")));
    const ended = { myGrids: async () => ["001"], bundle: () => Promise.reject(new Refusal(403, "not_on_duty", "…")) };
    expect(await renew(vault, "wang", ended)).toEqual([]);
    expect(await vault.kept.count()).toBe(0);
  });

  it("stay where no answer comes", async () => {
    const { vault } = fresh();
    await renew(vault, "wang", source(bundleOf("001")));
    const silent = { myGrids: async () => ["001"], bundle: () => Promise.reject(new Unreachable("…")) };
    await expect(renew(vault, "wang", silent)).rejects.toBeInstanceOf(Unreachable);
    expect(await held(vault, "wang", NOW)).toHaveLength(1);
  });

  it("go when their time is over, also on a phone that is set back", async () => {
    const { vault } = fresh();
    await renew(vault, "wang", source(bundleOf("001", "2026-07-01T14:00:00Z")));
    expect(await held(vault, "wang", new Date("2026-07-01T14:00:00Z"))).toEqual([]);
    expect(await vault.kept.count()).toBe(0);
    await setClock(vault, "2026-07-01T15:00:00Z");
    await vault.setNote("clock", { offset: -86_400_000 * 365, latest: Date.parse("2026-07-01T15:00:00Z") });
    await wind(vault);
    expect(now().toISOString()).toBe("2026-07-01T15:00:00.000Z");
  });
});

describe("signing out", () => {
  it("takes names and key along", async () => {
    const { vault } = fresh();
    await renew(vault, "wang", source(bundleOf("001")));
    await leave(vault, "wang");
    expect([await vault.kept.count(), await vault.keys.count()]).toEqual([0, 0]);
  });

  it("leaves what is unsent, sealed, for the same user", async () => {
    const { vault, outbox } = fresh();
    await renew(vault, "wang", source(bundleOf("001")));
    await outbox.add(settling("t1"), AT);
    await leave(vault, "wang");
    expect([await vault.kept.count(), await vault.keys.count()]).toEqual([0, 1]);
    const server = new Server();
    await flush(new Outbox(vault, "wang"), server.post);
    expect(server.done).toHaveLength(1);
  });
});

describe("a bundle that is renewed while something is unsent", () => {
  const todo = (uid: string): Todo =>
    ({ uid, place: "p", household: "h", subject: "s", subject_kind: "person", lon: 111, lat: 30, minutes_expected: 10, due_at: null,
       not_before: null, elements: [], outcomes: [] }) as unknown as Todo;

  it("shows what was done as done, and what was refused as open again", async () => {
    const { outbox } = fresh();
    const bundle = bundleOf("001", undefined, { todos: [todo("t1"), todo("t2"), todo("t3")] });
    await outbox.add(settling("t1"), AT, { todo: "t1" });
    await outbox.add(settling("t2"), AT, { todo: "t2" });
    const server = new Server();
    server.refuse.set("t2", "…");
    const [door] = doorsOf(bundle, outcomes(await outbox.rows()), NOW);
    expect(door!.matters.map((one) => isOpen(one))).toEqual([false, false, true]);
    await flush(outbox, server.post);
    const [after] = doorsOf(bundle, outcomes(await outbox.rows()), NOW);
    expect(after!.matters.map((one) => [one.todo.uid, isOpen(one)])).toEqual([["t1", false], ["t2", true], ["t3", true]]);
    expect([after!.open, after!.minutes]).toEqual([2, 20]);
  });
});
