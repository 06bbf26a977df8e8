import { Refusal } from "@shared/api/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type Health, type Needs, Sync } from "./sync";
import { bundleOf, fresh, Server, settling } from "./testing";

const AT = "2026-06-30T02:05:00Z";

function made(more: Partial<Needs> = {}) {
  const { vault, outbox } = fresh();
  const server = new Server();
  const told: Health[] = [];
  let asked = 0;
  const needs: Needs = {
    vault, outbox, post: server.post, online: () => true, tell: (health) => told.push(health), renewed: () => undefined,
    source: { myGrids: async () => (asked++, ["001"]), bundle: async () => bundleOf("001") },
    ...more,
  };
  return { outbox, server, told, sync: new Sync(needs), asked: () => asked };
}

describe("sync", () => {
  let all: Sync[] = [];
  beforeEach(() => (all = []));
  afterEach(() => all.forEach((one) => one.stop()));
  const using = (more?: Partial<Needs>) => {
    const found = made(more);
    all.push(found.sync);
    return found;
  };

  it("sends before it asks, and asks no more often than is needed", async () => {
    const { sync, outbox, server, told, asked } = using();
    await outbox.add(settling("t1"), AT);
    await sync.run();
    await sync.run();
    expect([server.done.length, asked(), told]).toEqual([1, 1, ["busy", "idle", "busy", "idle"]]);
    await sync.run(true);
    expect(asked()).toBe(2);
  });

  it("asks anew once a change at home has come in, and once only", async () => {
    const { sync, outbox, asked } = using();
    await sync.run();
    const body = { kind: "newcomer", dwelling: "d", how: "born", values: { name: "王小宝", birth_date: "2026-06-29" }, on: null } as const;
    await outbox.add({ body, label: { title: { zh: "出生了", en: "Born" }, about: "" } }, AT, { home: "d" });
    await new Promise((on) => setTimeout(on, 3));
    await sync.run();
    await sync.run();
    expect(asked()).toBe(2);
    expect((await outbox.rows())[0]).toMatchObject({ state: "accepted", home: "d" });
  });

  it("says that there is no network, and tries nothing", async () => {
    const { sync, outbox, server, told } = using({ online: () => false });
    await outbox.add(settling("t1"), AT);
    await sync.run();
    expect([server.requests, told]).toEqual([[], ["offline"]]);
  });

  it("says that the session is over, and sends all after signing in", async () => {
    const { sync, outbox, server, told } = using();
    await outbox.add(settling("t1"), AT);
    const post = vi.spyOn(server, "post");
    const gate = using({ post: () => Promise.reject(new Refusal(401, "sign_in_first", "…")) });
    await gate.outbox.add(settling("t1"), AT);
    await gate.sync.run();
    expect(gate.told).toEqual(["busy", "signedOut"]);
    expect(await gate.outbox.waiting()).toHaveLength(1);
    post.mockRestore();
    await sync.run();
    expect(told.at(-1)).toBe("idle");
  });

  it("tries again by itself after the network failed", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { sync, outbox, server, told } = using();
    server.down = true;
    await outbox.add(settling("t1"), AT);
    await sync.run();
    expect(told).toEqual(["busy", "unreachable"]);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    server.down = false;
    vi.runOnlyPendingTimers();
    vi.useRealTimers();
    await vi.waitFor(() => expect(server.done).toHaveLength(1));
  });

  it("runs once more for what was said while it ran", async () => {
    const { sync, outbox, server } = using();
    await outbox.add(settling("t1"), AT);
    const first = sync.run();
    await outbox.add(settling("t2"), AT);
    await Promise.all([first, sync.run()]);
    expect(server.done).toHaveLength(2);
  });
});
