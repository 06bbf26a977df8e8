/** The public register as its pages read it: sections of entries whose every word can be searched. */
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Register = components["schemas"]["Register"];

export const SECTIONS = ["programmes", "elements", "agreements", "admissions", "refusals", "formulas"] as const;
export type Section = (typeof SECTIONS)[number];

let asked: Promise<Register | undefined> | undefined;

/** The whole register, asked once a visit: it changes by the day, not by the minute. */
export function register(): Promise<Register | undefined> {
  asked ??= api
    .GET("/api/register/")
    .then(({ data }) => data)
    .catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
  return asked;
}

/** Whether a text stands anywhere in what is shown of an entry; blanks and capitals don't matter. */
export function speaksOf(words: readonly (string | null | undefined)[], text: string): boolean {
  const sought = text.trim().toLowerCase();
  return !sought || words.some((one) => one?.toLowerCase().includes(sought));
}

export interface Names {
  department: (code: string) => string;
  element: (code: string) => string;
  purpose: (code: string) => string;
  programme: (code: string) => string;
}

/** The names of what the register's rows speak of by codes. */
export function namesOf(all: Register, say: (zh: string, en: string) => string): Names {
  const departments = new Map(all.departments.map((one) => [one.code, say(one.name_zh, one.name_en)]));
  const elements = new Map(all.elements.map((one) => [one.code, say(one.zh, one.en)]));
  const programmes = new Map(all.programmes.map((one) => [one.code, say(one.name_zh, one.name_en)]));
  const purposes = new Map(all.purposes.map((one) => [one.code, say(one.zh, one.en)]));
  for (const one of all.programmes) if (!purposes.has(one.purpose)) purposes.set(one.purpose, say(one.name_zh, one.name_en));
  const from = (names: Map<string, string>) => (code: string) => names.get(code) ?? code;
  return { department: from(departments), element: from(elements), purpose: from(purposes), programme: from(programmes) };
}

/** What a department may hold: what it settles, brings and takes, each with what allows it. */
export function heldBy(all: Register, department: string): { settles: string[]; brings: Register["agreements"]; takes: Register["agreements"] } {
  const agreed = all.agreements.filter((one) => one.department === department && one.in_force);
  return {
    settles: all.elements.filter((one) => one.authority === department).map((one) => one.code),
    brings: agreed.filter((one) => one.direction === "in"),
    takes: agreed.filter((one) => one.direction !== "in"),
  };
}
