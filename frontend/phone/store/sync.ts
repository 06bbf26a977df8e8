/** Sync: when to send and when to ask, and an honest word of where it stands. It asks for nothing while nothing changed. */
import { Refusal, Unreachable } from "@shared/api/client";

import { renew, type Source } from "./grids";
import type { Outbox } from "./outbox";
import { backoff, type Ended, flush, type Post } from "./sender";
import type { Bundle } from "./types";
import type { Vault } from "./vault";

export type Health = "idle" | "busy" | "offline" | "unreachable" | "signedOut" | "forbidden";

export interface Needs {
  vault: Vault;
  outbox: Outbox;
  source: Source;
  post: Post;
  /** Whether the machine says that it has a network. */
  online: () => boolean;
  /** Told after every step. */
  tell: (health: Health, problem?: Refusal) => void;
  /** Told when the grids were asked anew. */
  renewed: (bundles: Bundle[]) => Promise<void> | void;
}

const LOCK = "wangge-phone-sync";
/** Milliseconds after which the grids are asked anew by themselves. */
export const FRESH_MS = 15 * 60_000;
const CHANGES: ReadonlySet<string> = new Set(["newcomer", "residence", "departure"]);

export class Sync {
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private asked: number;

  /** `asked`: real milliseconds when the grids were asked last, before this page was opened. */
  constructor(
    private readonly needs: Needs,
    asked = 0,
  ) {
    this.asked = asked;
  }

  /** Send what waits, and ask for the grids if they are old (or `fresh` is asked for). Calls while it runs are one more run. */
  run(fresh = false): Promise<void> {
    if (fresh) this.asked = 0;
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.loop().finally(() => (this.running = undefined));
    return this.running;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async loop(): Promise<void> {
    do {
      this.again = false;
      await alone(() => this.round());
    } while (this.again);
  }

  private async round(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.needs.online()) return this.needs.tell("offline");
    this.needs.tell("busy");
    const ended = await flush(this.needs.outbox, this.needs.post);
    if (ended.how !== "sent" && ended.how !== "held") return this.failed(ended);
    if (await this.changed()) this.asked = 0;
    const problem = await this.ask();
    if (problem) return this.failed(problem);
    this.tries = 0;
    this.needs.tell("idle");
    this.later(ended.how === "held" ? ended.at - Date.now() + 50 : FRESH_MS);
  }

  /** Whether a home is another one than on this phone: somebody came or went, and the server has taken it in. */
  private async changed(): Promise<boolean> {
    const rows = await this.needs.outbox.rows();
    return rows.some((one) => CHANGES.has(one.kind) && one.state === "accepted" && (one.answered ?? 0) > this.asked);
  }

  /** Ask for the grids; what stood in the way, if something did. */
  private async ask(): Promise<Ended | undefined> {
    if (Date.now() - this.asked < FRESH_MS) return undefined;
    try {
      const bundles = await renew(this.needs.vault, this.needs.outbox.actor, this.needs.source);
      this.asked = Date.now();
      await this.needs.renewed(bundles);
      return undefined;
    } catch (error) {
      if (error instanceof Unreachable) return { how: "unreachable" };
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401) return { how: "signedOut" };
      return error.status === 403 ? { how: "forbidden", problem: error } : { how: "unreachable" };
    }
  }

  private failed(ended: Ended): void {
    if (ended.how === "signedOut") return this.needs.tell("signedOut");
    if (ended.how === "forbidden") return this.needs.tell("forbidden", ended.problem);
    this.needs.tell(this.needs.online() ? "unreachable" : "offline");
    this.later(backoff(this.tries++));
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), Math.max(0, ms));
  }
}

/** One tab at a time. Two at once would do no harm (each envelope counts once); they would only send everything twice. */
async function alone(act: () => Promise<void>): Promise<void> {
  await (navigator.locks ? navigator.locks.request(LOCK, act) : act());
}
