/** What codes are called: departments, districts, communities and grids. Each is asked once. */
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { may } from "@shared/session";
import { reactive, ref } from "vue";
import { useI18n } from "vue-i18n";

type Department = components["schemas"]["DepartmentRecord"];
type Division = components["schemas"]["NameRecord"];

export const departments = ref<Department[]>([]);
const divisions = reactive(new Map<string, Division>());
const asked = new Set<string>();

/** Know the departments; asked once. */
export async function knowDepartments(): Promise<void> {
  if (asked.has("departments") || !may("access.departments.see")) return; // a resident at the console is told so, and asks nothing
  asked.add("departments");
  try {
    departments.value = (await api.GET("/api/access/departments")).data ?? [];
  } catch {
    asked.delete("departments"); // codes stand in for names until it is asked again
  }
}

let wanted = new Set<string>();

/** Know a division by its code. What a page asks for in one turn is one question. */
function know(code: string): void {
  if (asked.has(code)) return;
  asked.add(code);
  if (!wanted.size) setTimeout(() => void fetchNames(), 0);
  wanted.add(code);
}

async function fetchNames(): Promise<void> {
  const codes = [...wanted].slice(0, 200);
  wanted = new Set([...wanted].slice(200));
  if (wanted.size) setTimeout(() => void fetchNames(), 0);
  try {
    const { data } = await api.GET("/api/areas/names", { params: { query: { codes: codes.join(",") } } });
    for (const one of data ?? []) divisions.set(one.code, one);
  } catch {
    for (const code of codes) asked.delete(code); // codes stand in for names until they are asked again
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
    know(whole);
    const found = divisions.get(whole);
    return found ? pick(found.zh, found.en) : whole;
  }

  /** 西陵一路社区第 3 网格 */
  function grid(code: string): string {
    if (code.length <= 12) return area(code);
    return t("names.grid", { community: area(code), n: Number(code.slice(12)) });
  }

  return { department, area, grid, pick };
}
