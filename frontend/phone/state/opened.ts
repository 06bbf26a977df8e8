/** Persons opened on this phone: whole, for a task in hand, until the page is left. Each opening is recorded, here or there. */
import { api, Refusal, Unreachable } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { shallowReactive } from "vue";

import type { BundlePerson } from "../store/types";
import { look } from "./acts";

export type Fact = components["schemas"]["MyData"];

export interface Opened {
  /** What the server told; nothing where only the phone was looked into. */
  facts: Fact[];
  version: number;
  /** Why there are no more: no network, or no task that needs them. */
  why: "" | "unreachable" | "refused";
  said: string;
}

export const opened = shallowReactive(new Map<string, Opened>());
/** What a phone itself shows of a person whose name is no longer masked. */
const ON_THE_PHONE = ["name", "sex", "birth_date", "relation_to_head", "lives_here", "registered_here"];

/** Open somebody: the server is asked and records it; without it what the phone holds is shown, and told to it later. */
export async function open(person: BundlePerson, task: string, purpose: { zh: string; en: string }): Promise<void> {
  const known = { facts: [], version: person.version };
  try {
    const { data } = await api.POST("/api/registry/people/{uid}/open", {
      params: { path: { uid: person.uid } }, body: { elements: [], task },
    });
    opened.set(person.uid, { facts: data?.facts ?? [], version: data?.version ?? person.version, why: "", said: "" });
    return;
  } catch (error) {
    if (error instanceof Unreachable) opened.set(person.uid, { ...known, why: "unreachable", said: "" });
    else if (error instanceof Refusal) opened.set(person.uid, { ...known, why: "refused", said: error.message });
    else throw error;
  }
  await look(person.uid, ON_THE_PHONE, task, { title: purpose, about: "" });
}

/** Mask everybody again. */
export function close(): void {
  opened.clear();
}
