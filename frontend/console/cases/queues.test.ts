import { describe, expect, it } from "vitest";

import { read, write } from "../address";
import { groupsOf, listOf, mine, ofQueue, serverFilter, SHAPE } from "./queues";

const counts = {
  queues: [
    ["to_accept", 5, 0], ["to_verify", 3, 0], ["to_file", 4, 1], ["to_dispatch", 2, 0], ["to_sign", 9, 0], ["handling", 26, 3],
    ["to_forward", 1, 0], ["to_check", 2, 1], ["to_close", 6, 0],
  ].map(([state, count, late]) => ({ state: String(state), zh: "", en: "", count: Number(count), late: Number(late) })),
  shelved: 2, asked: 3, without_grid: 0, late: 5,
};
const of = (...roles: string[]): Set<string> => new Set(roles);

describe("queues", () => {
  it("are mine where the next act is mine", () => {
    expect(mine(of("duty_chief"))).toEqual(["to_accept", "to_file", "to_close"]);
    expect(ofQueue("mine", of("dispatcher"))).toEqual({ state: "to_dispatch,to_forward" });
    expect(ofQueue("mine", of("crew"))).toEqual({ state: "handling", mine: true });
    expect(ofQueue("mine", of("leader"))).toEqual({ open: true });
  });

  it("say whose axis the others are", () => {
    const watched = (roles: Set<string>): string[] => groupsOf(counts, roles).filter((one) => one.watched).map((one) => one.name);
    expect(watched(of("duty_chief"))).toEqual(["command"]);
    expect(watched(of("dispatcher"))).toEqual(["supervision", "supervision"]);
    expect(watched(of("leader"))).toEqual(["supervision", "command", "supervision"]);
  });

  it("count what their list holds", () => {
    const first = groupsOf(counts, of("duty_chief"))[0]?.queues[0];
    expect(first).toEqual({ name: "mine", count: 5 + 4 + 6 });
    expect(groupsOf(counts, of("department_clerk"))[0]?.queues.map((one) => one.count)).toEqual([35, 9, 26, 3]);
    expect(groupsOf(counts, of("leader"))[0]?.queues[0]).toEqual({ name: "open", count: 58 + 2 });
  });

  it("a figure's filter opens the list of just that filter", () => {
    const filters: Record<string, string | boolean>[] = [
      { imported: false, counts: true, on_time: true, counts_from: "2026-06-01", counts_to: "2026-06-30", department: "water" },
      { state: "handling", area: "420502002" }, { open: true, late: true }, { open: true, area: "4205" },
    ];
    for (const filter of filters) {
      const { query } = listOf(filter);
      const values = read(SHAPE, query);
      expect(serverFilter(values, of("leader"))).toEqual(filter);
      expect(write(SHAPE, values)).toEqual(query);
    }
  });
});
