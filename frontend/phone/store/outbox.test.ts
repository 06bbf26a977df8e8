import { Refusal } from "@shared/api/client";
import { describe, expect, it, vi } from "vitest";

import { Outbox } from "./outbox";
import { backoff, flush } from "./sender";
import { fresh, Server, settling } from "./testing";
import type { EnvelopeIn } from "./types";
import { PhoneFull, Vault } from "./vault";

const AT = "2026-06-30T02:05:00Z";

describe("what is said", () => {
  it("is on the phone before it is sent, sealed, and is there after the browser was killed", async () => {
    const { vault, outbox } = fresh();
    await outbox.add(settling("t1"), AT, { todo: "t1" });
    vault.close();
    const again = new Outbox(new Vault(vault.name), "wang");
    const [row] = await again.waiting();
    expect(row).toMatchObject({ seq: 1, state: "waiting", todo: "t1" });
    expect(new TextDecoder().decode(row!.sealed!.data)).not.toContain("学院街");
    expect(await again.content(row!)).toEqual(settling("t1"));
  });

  it("comes in once, in order, and leaves no content behind", async () => {
    const { outbox } = fresh();
    const server = new Server();
    for (const one of ["t1", "t2", "t3"]) await outbox.add(settling(one), AT, { todo: one });
    expect(await flush(outbox, server.post)).toEqual({ how: "sent" });
    expect(server.requests).toEqual([["t1", "t2", "t3"]]);
    expect(server.done.map((one) => one.seq)).toEqual([1, 2, 3]);
    expect((await outbox.rows()).map((one) => [one.state, one.sealed])).toEqual(Array(3).fill(["accepted", null]));
  });

  it("is sent again after a lost answer, and counts once", async () => {
    const { outbox } = fresh();
    const server = new Server();
    server.lose = 1;
    await outbox.add(settling("t1"), AT);
    expect((await flush(outbox, server.post)).how).toBe("unreachable");
    expect(await outbox.waiting()).toHaveLength(1);
    await outbox.add(settling("t2"), AT);
    expect((await flush(outbox, server.post)).how).toBe("sent");
    expect(server.done.map((one) => one.uid)).toHaveLength(2);
    expect(await outbox.waiting()).toEqual([]);
  });

  it("is answered out of order, and each answer finds its own", async () => {
    const { outbox } = fresh();
    const server = new Server();
    server.refuse.set("t2", "not asked");
    for (const one of ["t1", "t2", "t3"]) await outbox.add(settling(one), AT, { todo: one });
    await flush(outbox, async (all) => (await server.post(all)).reverse());
    expect((await outbox.rows()).map((one) => one.state)).toEqual(["accepted", "refused", "accepted"]);
  });

  it("that is refused in the middle stops none of the others, and keeps its content and the reason", async () => {
    const { outbox } = fresh();
    const server = new Server();
    server.refuse.set("t1", "此事项没有询问开户行。");
    await outbox.add(settling("t1"), AT, { todo: "t1" });
    await outbox.add(settling("t2"), AT, { todo: "t2" });
    expect((await flush(outbox, server.post)).how).toBe("sent");
    const [refused] = await outbox.rows();
    expect(refused).toMatchObject({ state: "refused", why: "此事项没有询问开户行。" });
    expect(await outbox.content(refused!)).toEqual(settling("t1"));
    await outbox.dismiss(refused!.uid);
    expect((await outbox.rows()).map((one) => one.todo)).toEqual(["t2"]);
  });

  it("that spoils a whole request is found, and the others come in", async () => {
    const { outbox } = fresh();
    const server = new Server();
    for (const one of ["t1", "bad", "t3"]) await outbox.add(settling(one), AT, { todo: one });
    const picky = async (all: EnvelopeIn[]) => {
      if (JSON.stringify(all).includes("bad")) throw new Refusal(422, "unreadable", "读不懂", "请重填");
      return server.post(all);
    };
    expect((await flush(outbox, picky)).how).toBe("sent");
    expect((await outbox.rows()).map((one) => [one.state, one.why ?? ""])).toEqual([
      ["accepted", ""], ["refused", "读不懂 请重填"], ["accepted", ""],
    ]);
  });

  it("that the server stumbles over waits, and the others come in", async () => {
    const { outbox } = fresh();
    const server = new Server();
    for (const one of ["t1", "bad", "t3"]) await outbox.add(settling(one), AT, { todo: one });
    const stumbling = async (all: EnvelopeIn[]) => {
      if (JSON.stringify(all).includes("bad")) throw new Refusal(500, "", "500");
      return server.post(all);
    };
    expect((await flush(outbox, stumbling)).how).toBe("unreachable");
    expect((await outbox.rows()).map((one) => one.state)).toEqual(["accepted", "waiting", "accepted"]);
  });

  it("waits where the session is over, and nothing is lost", async () => {
    const { outbox } = fresh();
    await outbox.add(settling("t1"), AT);
    const over = () => Promise.reject(new Refusal(401, "sign_in_first", "…"));
    expect((await flush(outbox, over)).how).toBe("signedOut");
    expect(await outbox.waiting()).toHaveLength(1);
    const server = new Server();
    await flush(outbox, server.post);
    expect(server.done).toHaveLength(1);
  });

  it.each([403, 500, 502, 429])("waits where the server answers %i", async (status) => {
    const { outbox } = fresh();
    await outbox.add(settling("t1"), AT);
    await flush(outbox, () => Promise.reject(new Refusal(status, "x", "…")));
    expect(await outbox.waiting()).toHaveLength(1);
  });

  it("is not sent for ever where the answer speaks of something else", async () => {
    const { outbox } = fresh();
    await outbox.add(settling("t1"), AT);
    expect((await flush(outbox, async () => [])).how).toBe("unreachable");
  });

  it("goes out in several requests where it is much", async () => {
    const { outbox } = fresh();
    const server = new Server();
    for (let n = 0; n < 120; n++) await outbox.add(settling(`t${n}`), AT);
    await flush(outbox, server.post);
    expect(server.requests.map((one) => one.length)).toEqual([50, 50, 20]);
  });
});

describe("taking back", () => {
  it("works until it goes out, and what comes behind waits with it", async () => {
    const { outbox } = fresh();
    const server = new Server();
    const held = await outbox.add(settling("t1"), AT, { hold: 10_000 });
    await outbox.add(settling("t2"), AT);
    expect(await flush(outbox, server.post)).toEqual({ how: "held", at: held.hold });
    expect(server.requests).toEqual([]);
    expect(await outbox.undo([held.uid])).toBe(true);
    await flush(outbox, server.post);
    expect(server.requests).toEqual([["t2"]]);
  });

  it("is refused once it may have arrived", async () => {
    const { outbox } = fresh();
    const server = new Server();
    server.down = true;
    const row = await outbox.add(settling("t1"), AT);
    await flush(outbox, server.post);
    expect(await outbox.undo([row.uid])).toBe(false);
    expect(await outbox.waiting()).toHaveLength(1);
  });

  it("takes a whole door back or nothing of it", async () => {
    const { outbox } = fresh();
    const [first, second] = await outbox.addAll([settling("t1"), settling("t2")].map((content) => ({ content, about: {} })), AT);
    await outbox.going([second!]);
    expect(await outbox.undo([first!.uid, second!.uid])).toBe(false);
    expect(await outbox.waiting()).toHaveLength(2);
  });
});

describe("two tabs", () => {
  it("give numbers of one row, and what both send counts once", async () => {
    const { vault, outbox } = fresh();
    const other = new Outbox(new Vault(vault.name), "wang");
    await Promise.all([outbox.add(settling("t1"), AT), other.add(settling("t2"), AT), outbox.add(settling("t3"), AT)]);
    expect((await outbox.rows()).map((one) => one.seq)).toEqual([1, 2, 3]);
    const server = new Server();
    await Promise.all([flush(outbox, server.post), flush(other, server.post)]);
    expect(server.done).toHaveLength(3);
    expect((await other.rows()).every((one) => one.state === "accepted")).toBe(true);
  });

  it("share one key", async () => {
    const { vault, outbox } = fresh();
    const other = new Outbox(new Vault(vault.name), "wang");
    const [mine] = await Promise.all([outbox.add(settling("t1"), AT), other.add(settling("t2"), AT)]);
    expect(await other.content(mine!)).toEqual(settling("t1"));
  });
});

describe("a phone of several", () => {
  it("sends nothing of somebody else's", async () => {
    const { vault, outbox } = fresh("wang");
    await outbox.add(settling("t1"), AT);
    const other = new Outbox(vault, "li");
    const server = new Server();
    expect((await flush(other, server.post)).how).toBe("sent");
    expect(server.requests).toEqual([]);
    expect(await other.ofOthers()).toBe(1);
  });
});

describe("a full phone", () => {
  it("says so, and keeps what it had", async () => {
    const { vault, outbox } = fresh();
    await outbox.add(settling("t1"), AT);
    const spy = vi.spyOn(vault.outbox, "add").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    await expect(outbox.add(settling("t2"), AT)).rejects.toBeInstanceOf(PhoneFull);
    spy.mockRestore();
    expect(await outbox.waiting()).toHaveLength(1);
  });
});

it("tries again later and later, not all phones at once", () => {
  expect([0, 1, 2, 3, 20].map((one) => backoff(one, () => 1))).toEqual([2_000, 4_000, 8_000, 16_000, 300_000]);
  expect(backoff(3, () => 0)).toBe(8_000);
});

it("forgets what came in days ago, never what waits or was refused", async () => {
  const { outbox } = fresh();
  const server = new Server();
  server.refuse.set("bad", "…");
  await outbox.add(settling("t1"), AT);
  await outbox.add(settling("bad"), AT);
  await flush(outbox, server.post);
  await outbox.add(settling("t3"), AT);
  await outbox.sweep(Date.now() + 4 * 86_400_000);
  expect((await outbox.rows()).map((one) => one.state)).toEqual(["refused", "waiting"]);
});
