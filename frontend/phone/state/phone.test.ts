import "fake-indexeddb/auto";

import { Unreachable } from "@shared/api/client";
import { beforeEach, describe, expect, it, vi } from "vitest";

/** The server's side of it: whose session this browser's cookie opens, and whether there is a network. */
const server = vi.hoisted(() => {
  globalThis.fetch = () => Promise.reject(new TypeError("what else the phone asks for isn't answered here"));
  return { session: "", down: false, asked: [] as string[] };
});

vi.mock("@shared/session", () => {
  const asked = (what: string): void => {
    if (server.down) throw new Unreachable("down");
    server.asked.push(what);
  };
  return {
    meet: async () => (asked("meet"), server.session ? { uid: server.session, username: server.session, name: "", grants: [], may: [] } : null),
    signIn: async (name: string) => (asked("in"), void (server.session = name)),
    signOut: async () => (asked("out"), void (server.session = "")),
  };
});

import { begin, leaving, signIn, signOut, user, vault } from "./phone";

describe("signing out without a network", () => {
  beforeEach(async () => {
    Object.assign(server, { session: "", down: false });
    await signIn("wang", "pw");
    server.down = true;
    await signOut();
    server.asked.length = 0;
  });

  it("erases the phone, and says that the session is still open", async () => {
    expect([user.value, leaving.value, server.session]).toEqual([null, true, "wang"]);
    expect(await vault.kept.count()).toBe(0);
  });

  it("ends the session before anybody is met, once there is a network", async () => {
    server.down = false;
    await begin();
    expect([server.asked.slice(0, 2), server.session, user.value, leaving.value]).toEqual([["out", "meet"], "", null, false]);
  });

  it("shows the next user nothing while it can't be ended", async () => {
    await begin();
    expect([user.value, leaving.value]).toEqual([null, true]);
  });

  it("ends it before somebody else signs in", async () => {
    server.down = false;
    await signIn("li", "pw");
    expect([server.asked.slice(0, 2), user.value?.uid, leaving.value]).toEqual([["out", "in"], "li", false]);
  });
});
