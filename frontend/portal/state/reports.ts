/** What one may say of a report: by its tracking code, or as the account that reported it. */
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Track = components["schemas"]["TrackRecord"];
export type MyReport = components["schemas"]["MyReport"];
export type Handle = { code: string } | { uid: string };

export interface Word {
  solved: boolean;
  satisfied: number;
  note: string;
}

export async function rate(of: Handle, body: Word): Promise<void> {
  if ("code" in of) await api.POST("/api/cases/track/{code}/rate", { params: { path: of }, body });
  else await api.POST("/api/cases/mine/{uid}/rate", { params: { path: of }, body });
}

export async function reopen(of: Handle, reason: string): Promise<void> {
  const body = { reason };
  if ("code" in of) await api.POST("/api/cases/track/{code}/reopen", { params: { path: of }, body });
  else await api.POST("/api/cases/mine/{uid}/reopen", { params: { path: of }, body });
}

/** The department that has it in hand now: whom the newest step names that sent it out. */
export function inHandOf(track: Track): { zh: string; en: string } | undefined {
  const step = [...track.steps].reverse().find((one) => one.verb === "dispatch" || one.verb === "feed_back");
  return step && { zh: step.by_zh, en: step.by_en };
}
