/** What codes are called: departments, districts, communities and grids. Each is asked once. */
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { reactive, ref } from "vue";
import { useI18n } from "vue-i18n";

type Department = components["schemas"]["DepartmentRecord"];
type Division = components["schemas"]["DivisionRecord"];

export const departments = ref<Department[]>([]);
const divisions = reactive(new Map<string, Division>());
const asked = new Set<string>();

/** Know the departments; asked once. */
export async function knowDepartments(): Promise<void> {
  if (asked.has("departments")) return;
  asked.add("departments");
  try {
    departments.value = (await api.GET("/api/access/departments")).data ?? [];
  } catch {
    asked.delete("departments"); // codes stand in for names until it is asked again
  }
}

/** Know the communities of a street by the street's code; one question a street, whoever asks. */
async function knowUnder(parent: string): Promise<void> {
  if (asked.has(parent)) return;
  asked.add(parent);
  try {
    const { data } = await api.GET("/api/areas/divisions", { params: { query: { parent } } });
    for (const one of data?.items ?? []) divisions.set(one.code, one);
  } catch {
    asked.delete(parent);
  }
}

/** Know a district or street itself. */
async function knowDivision(code: string): Promise<void> {
  if (asked.has(`=${code}`)) return;
  asked.add(`=${code}`);
  try {
    const { data } = await api.GET("/api/areas/divisions", { params: { query: { search: code, limit: 1 } } });
    for (const one of data?.items ?? []) divisions.set(one.code, one);
  } catch {
    asked.delete(`=${code}`);
  }
}

export interface Names {
  department: (code: string) => string;
  area: (code: string) => string;
  grid: (code: string) => string;
  pick: (zh: string, en: string) => string;
}

/** Names in the reader's language; a code stands until its name is known. */
export function useNames(): Names {
  const { t, locale } = useI18n();
  const pick = (zh: string, en: string): string => (locale.value === "en" ? en || zh : zh || en);
  void knowDepartments();

  function department(code: string): string {
    const found = departments.value.find((one) => one.code === code);
    return found ? pick(found.name_zh, found.name_en) : code;
  }

  /** A division by its code; a grid's code (15 digits) gives its community. */
  function area(code: string): string {
    const whole = code.slice(0, 12);
    if (!whole) return "";
    void (whole.length === 12 ? knowUnder(whole.slice(0, 9)) : knowDivision(whole));
    const found = divisions.get(whole);
    return found ? pick(found.name_zh, found.name_en) : whole;
  }

  /** 西陵一路社区第 3 网格 */
  function grid(code: string): string {
    if (code.length <= 12) return area(code);
    return t("names.grid", { community: area(code), n: Number(code.slice(12)) });
  }

  return { department, area, grid, pick };
}
