import { beforeEach, describe, expect, it, vi } from "vitest";

import { type Act, bodyOf, type CaseRecord, doing, FORMS, missing, speaksForItself, unitOf, wayBack, weigh } from "./acts";

type Sent = [path: string, asked: { body: unknown; headers: { "Idempotency-Key": string } }];
const sent: Sent[] = [];
let lost = 0;
vi.mock("@shared/api/client", () => ({
  api: {
    POST: (...one: Sent) => {
      sent.push(one);
      return lost-- > 0 ? Promise.reject(new Error("lost")) : Promise.resolve({ data: { version: 8 } });
    },
  },
}));
beforeEach(() => ((sent.length = 0), (lost = 0)));

const act = (verb: string, mine = true, to = ""): Act => ({
  verb, zh: verb, en: verb, axis: "", permission: "", roles: [], mine, to_state: to, clock: "", consequence: "",
});

describe("acts on a case", () => {
  it("have one main act, and voiding is never it", () => {
    const { main, beside, menu } = weigh(["file", "reject", "merge", "edit", "void"].map((verb) => act(verb)));
    expect([main?.verb, beside.map((one) => one.verb), menu.map((one) => one.verb)]).toEqual(["file", ["edit"], ["reject", "merge", "void"]]);
    expect(FORMS.void?.key).toBeUndefined();
    expect(weigh([act("verify", true), act("void")]).main).toBeUndefined();
  });

  it("show nothing that isn't mine", () => {
    expect(weigh([act("dispatch", false), act("void", false)])).toEqual({ main: undefined, beside: [], menu: [] });
  });

  it("have keys that no two of one state share", () => {
    const together = [
      ["accept", "reject", "merge", "edit", "void"], ["file", "reject", "merge", "edit", "void"], ["dispatch", "merge", "edit"],
      ["assign", "handle", "feed_back", "extend"], ["forward", "send_back"], ["close", "rework", "edit"], ["allow_extend", "refuse", "edit", "supervise"],
    ];
    for (const verbs of together) {
      const keys = verbs.map((verb) => FORMS[verb]?.key).filter(Boolean);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(["j", "k", "x", "z", "/", "?", "Enter"]).not.toContain(key);
    }
  });

  it("ask for what the server needs, and are sent without what is empty", () => {
    expect(missing("dispatch", { note: "快" })).toEqual(["department"]);
    expect(missing("extend", { amount: " ", reason: "等料" })).toEqual(["amount"]);
    expect(bodyOf("dispatch", { department: "water", note: " " }, 7)).toEqual({ version: 7, department: "water" });
    expect(bodyOf("extend", { amount: "2 工作时", reason: "等料" }, 3)).toEqual({ version: 3, kind: "extend", amount: "2 工作时", reason: "等料" });
    expect(bodyOf("file", { rule: "2" }, 1)).toEqual({ version: 1, rule: 2 });
    expect(bodyOf("feed_back", { said: "已更换", photos: ["a"] }, 4)).toEqual({ version: 4, note: "已更换" });
    expect(bodyOf("refuse", { note: "不必" }, 4)).toEqual({ version: 4, grant: false, note: "不必" });
    expect(bodyOf("sign", { reason: "x" }, 4)).toEqual({ version: 4 });
  });

  it("give as an example the unit in which more time is counted", () => {
    expect(["2 工作时", "1/2 紧急工作时", "1.5 working days", ""].map(unitOf)).toEqual(["工作时", "紧急工作时", "working days", ""]);
  });

  it("need no form where there is nothing to say", () => {
    expect(speaksForItself("accept", 0)).toBe(true);
    expect([speaksForItself("file", 1), speaksForItself("file", 2)]).toEqual([true, false]);
    expect(speaksForItself("dispatch", 0)).toBe(false);
  });

  it("can be undone where the table has a way back for me", () => {
    const after = { state: "to_check", acts: [act("resume", true, "handling"), act("send_back", false, "to_forward")] } as unknown as CaseRecord;
    expect(wayBack("handling", after)?.verb).toBe("resume");
    expect(wayBack("to_forward", after)).toBeUndefined();
    expect(wayBack("to_check", after)).toBeUndefined();
  });
});

describe("doing an act", () => {
  const photos = { said: "已更换", photos: ["a"] };
  const keysOf = (path: RegExp) => sent.filter(([to]) => path.test(to)).map(([, asked]) => asked.headers["Idempotency-Key"]);

  it("sends photos first, and the act with the version that they left", async () => {
    await doing()("c", "feed_back", photos, 7);
    expect(sent.map(([to, { body }]) => [to, body])).toEqual([
      ["/api/cases/{uid}/photos", { photos: ["a"] }],
      ["/api/cases/{uid}/feed_back", { version: 8, note: "已更换" }],
    ]);
  });

  it("keeps its keys when it is done again after a lost answer, and takes others for another act", async () => {
    const does = doing();
    lost = 1;
    await expect(does("c", "feed_back", photos, 7)).rejects.toThrow("lost");
    await does("c", "feed_back", photos, 7);
    await does("c", "feed_back", photos, 7);
    await does("d", "feed_back", photos, 7);
    expect(new Set(keysOf(/photos/)).size).toBe(2);
    expect(new Set(keysOf(/feed_back/)).size).toBe(2);
  });
});
