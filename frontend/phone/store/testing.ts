/** What the store's tests share: a database of its own each, and a server that counts every envelope once. */
import "fake-indexeddb/auto";

import { Unreachable } from "@shared/api/client";

import { Outbox } from "./outbox";
import type { Bundle, Content, EnvelopeIn, EnvelopeReceipt } from "./types";
import { Vault } from "./vault";

let count = 0;

export function fresh(actor = "wang"): { vault: Vault; outbox: Outbox } {
  const vault = new Vault(`test-${++count}`);
  return { vault, outbox: new Outbox(vault, actor) };
}

export function settling(todo: string, outcome = "settled"): Content {
  return {
    body: { kind: "settle", todo, outcome, values: {}, minutes: 5, note: "", invited: false },
    label: { title: { zh: "高龄津贴", en: "Allowance" }, about: "学院街18号" },
  };
}

/** Answers as the house does: each uid once, refusals by to-do. `lose`: what arrives, but whose answer doesn't. */
export class Server {
  readonly done: EnvelopeIn[] = [];
  readonly requests: string[][] = [];
  refuse = new Map<string, string>();
  lose = 0;
  down = false;

  readonly post = async (envelopes: EnvelopeIn[]): Promise<EnvelopeReceipt[]> => {
    if (this.down) throw new Unreachable("down");
    this.requests.push(envelopes.map((one) => todoOf(one)));
    const receipts = [...envelopes].sort((a, b) => a.seq - b.seq).map((one) => this.take(one));
    if (this.lose-- > 0) throw new Unreachable("lost");
    return receipts;
  };

  private take(one: EnvelopeIn): EnvelopeReceipt {
    const why = this.refuse.get(todoOf(one));
    const duplicate = this.done.some((known) => known.uid === one.uid);
    if (!duplicate && why === undefined) this.done.push(one);
    return { uid: one.uid, state: why === undefined ? "accepted" : "refused", duplicate, code: why === undefined ? "" : "not_asked", why: why ?? "", made: "" };
  }
}

export function todoOf(one: EnvelopeIn): string {
  return one.body.kind === "settle" ? one.body.todo : one.body.kind;
}

export function bundleOf(grid: string, expires = "2026-07-02T00:00:00Z", more: Partial<Bundle> = {}): Bundle {
  return {
    grid, made_at: "2026-06-30T02:00:00Z", expires_at: expires, todos: [], elements: [], knocks: {}, codes: [], visiting: { per_month: 1, opens: "09:00:00", closes: "20:00:00" },
    held: { grid, made_at: "2026-06-30T02:00:00Z", dwellings: [], households: [], people: [], relations: [] },
    ground: { grid, name_zh: "气象台社区第1网格", name_en: "Qixiangtai, grid 1", sketch: null, buildings: [] },
    ...more,
  };
}
