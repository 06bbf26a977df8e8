import { api, Refusal, Unreachable } from "@shared/api/client";
import { beforeEach, describe, expect, it } from "vitest";

import { blank, type Draft } from "./draft";
import { memoryShelf, type Shelf } from "./kept";
import { notYet } from "../state/outbox";
import { asWhom, handedOver, overHttp, type Post, type Receipt, send, type Waiting } from "./sending";

const receipt: Receipt = { uid: "u", number: "2026-0731-0042", tracking: "7K3QM-0ZX9T", grid: "", near: [] };

/** A server that keeps receipts by key, as ours does, and can lose requests or answers. */
class Server implements Post {
  cases: string[] = [];
  photos = 0;
  lost: ("photo" | "report" | "answer")[] = [];
  refusal: Refusal | undefined;
  bodies = new Map<string, string>();

  async photo(): Promise<string> {
    if (this.lost[0] === "photo") return this.drop();
    return `photo-${++this.photos}`;
  }

  async report(key: string, body: object): Promise<Receipt> {
    if (this.lost[0] === "report") return this.drop();
    if (this.refusal) throw this.refusal;
    const said = JSON.stringify(body);
    if (!this.bodies.has(key)) this.cases.push(key);
    else if (this.bodies.get(key) !== said) throw new Refusal(422, "key_reused", "another body");
    this.bodies.set(key, said);
    if (this.lost[0] === "answer") return this.drop();
    return receipt;
  }

  private drop(): never {
    this.lost.shift();
    throw new Unreachable("lost");
  }
}

describe("sending a report", () => {
  let server: Server;
  let shelf: Shelf<Waiting>;
  let draft: Draft;

  beforeEach(() => {
    server = new Server();
    shelf = memoryShelf();
    draft = { ...blank(), photo: { blob: new Blob(["x"]) }, lon: 111.3, lat: 30.7, description: "井盖破损" };
  });

  it("makes one case and leaves nothing behind", async () => {
    const outcome = await send(handedOver(draft), shelf, server);
    expect(outcome.kind).toBe("sent");
    expect([server.cases.length, server.photos]).toEqual([1, 1]);
    expect(await shelf.all()).toEqual([]);
  });

  it.each(["photo", "report", "answer"] as const)("makes one case where the %s is lost, and keeps it until then", async (what) => {
    server.lost = [what];
    const first = await send(handedOver(draft), shelf, server);
    expect(first.kind).toBe("waits");
    const [kept] = await shelf.all();
    expect(kept?.tries).toBe(1);
    // The page was closed and opened again: what is on the shelf is all that is known.
    const second = await send(kept as Waiting, shelf, server);
    expect(second.kind).toBe("sent");
    expect([server.cases.length, server.photos]).toEqual([1, 1]);
    expect(await shelf.all()).toEqual([]);
  });

  it("sends the very same words again, whatever happened to the draft since", async () => {
    server.lost = ["answer"];
    const first = await send(handedOver(draft), shelf, server);
    draft.description = "changed meanwhile";
    if (first.kind !== "waits") throw new Error("should wait");
    expect((await send(first.waiting, shelf, server)).kind).toBe("sent");
    expect(server.cases.length).toBe(1);
  });

  it("gives a refused report back under another key, with its photo to be sent anew", async () => {
    server.refusal = new Refusal(422, "no_telephone", "这不是电话号码");
    const outcome = await send(handedOver(draft), shelf, server);
    if (outcome.kind !== "refused") throw new Error("should be refused");
    expect(outcome.draft.id).not.toBe(draft.id);
    expect(outcome.draft.photo?.sent).toBeUndefined();
    expect(outcome.draft.description).toBe("井盖破损");
    expect(await shelf.all()).toEqual([]);
  });

  it("waits as long as the server says, and then makes one case", async () => {
    server.refusal = new Refusal(429, "too_often", "稍后再试", "", [], 90);
    const before = Date.now();
    const outcome = await send(handedOver(draft), shelf, server);
    if (outcome.kind !== "waits") throw new Error("should wait");
    const [kept] = await shelf.all();
    expect(kept?.notBefore).toBeGreaterThanOrEqual(before + 90_000);
    expect([notYet(kept as Waiting), notYet(kept as Waiting, before + 120_000)]).toEqual([true, false]);
    server.refusal = undefined;
    expect((await send(kept as Waiting, shelf, server)).kind).toBe("sent");
    expect([server.cases.length, server.photos]).toEqual([1, 1]);
  });

  it.each([
    ["her own account", "wang", "wang", "same-origin"],
    ["nobody, after she signed out", "wang", "", "omit"],
    ["nobody, where somebody else is signed in", "wang", "li", "omit"],
    ["nobody, where somebody signed in since", "", "li", "omit"],
    ["nobody, as it was written", "", "", "same-origin"],
  ])("goes out as %s", (_, by, now, expected) => {
    expect(asWhom(handedOver(draft, by), now)).toBe(expected);
  });

  it("shows the server no session where it goes out as nobody", async () => {
    const asked: Request[] = [];
    const real = api.POST;
    api.POST = ((_path: string, init: Request) => (asked.push(init), Promise.resolve({ data: receipt }))) as unknown as typeof real;
    try {
      await send(handedOver({ ...draft, photo: { blob: new Blob(["x"]), sent: "p" } }), shelf, overHttp("omit"));
    } finally {
      api.POST = real;
    }
    expect(asked.map((one) => one.credentials)).toEqual(["omit"]);
  });

  it("waits where the server is ill instead of giving up", async () => {
    server.refusal = new Refusal(503, "", "503");
    expect((await send(handedOver(draft), shelf, server)).kind).toBe("waits");
    expect((await shelf.all()).length).toBe(1);
  });
});
