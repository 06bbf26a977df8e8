/** The register's rows as entries: a title, and lines of a word and what it says. */
import { namesOf, type Register, type Section } from "./register";

export interface Line {
  word: string;
  value: string;
}

export interface Entry {
  key: string;
  title: string;
  tag: string;
  lines: Line[];
}

type Say = (zh: string, en: string) => string;
type Translate = (key: string, values?: Record<string, unknown>) => string;
type OnDay = (at: string) => string;

export function entriesOf(all: Register, say: Say, t: Translate, onDay: OnDay): Record<Section, Entry[]> {
  const names = namesOf(all, say);
  const dot = say("·", " · ");
  const listed = (words: readonly string[]): string => words.join(say("、", ", "));
  const since = (from: string, to: string | null | undefined): string =>
    `${t("register.since", { day: onDay(from) })}${say("，", ", ")}${to ? t("register.until", { day: onDay(to) }) : t("register.noEnd")}`;
  const line = (key: string, value: string): Line => ({ word: t(key), value });
  const told = (lines: Line[]): Line[] => lines.filter((one) => one.value);

  return {
    programmes: all.programmes.map((one) => ({
      key: one.code,
      title: say(one.name_zh, one.name_en),
      tag: one.in_force ? say(one.department_zh, one.department_en) : t("register.notNow"),
      lines: told([
        line("register.rule", say(one.rule_zh.join("；"), one.rule_en.join("; "))),
        line("register.asks", say(one.asks_zh.join("、"), one.asks_en.join(", "))),
        line("register.uses", listed(one.elements.map((use) => say(use.zh, use.en)))),
        line("register.mode", `${say(one.mode_zh, one.mode_en)}${dot}${t("register.minutes", { n: one.minutes })}${dot}${t("register.decline", { n: one.decline_days })}`),
        line("register.basis", one.basis),
        { word: "", value: since(one.from_on, one.to_on) },
      ]),
    })),
    elements: all.elements.map((one) => ({
      key: one.code,
      title: say(one.zh, one.en),
      tag: [one.sensitive ? t("register.sensitive") : "", one.resident_sees ? "" : t("register.unseen")].filter(Boolean).join(dot),
      lines: told([
        line("register.purpose", `${names.purpose(one.purpose)}${say("；", "; ")}${t("register.retention", { n: one.retention })}`),
        line("register.basis", one.basis),
        { word: "", value: one.authority ? t("register.authority", { department: names.department(one.authority) }) : t("register.noAuthority") },
        { word: "", value: one.fresh_for ? t("register.fresh", { n: one.fresh_for }) : t("register.freshEver") },
        line("register.programmes", listed(one.programmes.map(names.programme))),
      ]),
    })),
    agreements: all.agreements.map((one) => ({
      key: one.uid,
      title: t(one.direction === "in" ? "register.in" : "register.out", { department: names.department(one.department) }),
      tag: one.in_force ? "" : t("register.notNow"),
      lines: told([
        line("register.elements", listed(one.elements.map(names.element))),
        line("register.purpose", names.purpose(one.purpose)),
        line("register.document", one.document),
        { word: "", value: since(one.from_on, one.to_on) },
      ]),
    })),
    admissions: all.admissions.map((one) => ({
      key: one.code,
      title: say(one.name_zh, one.name_en),
      tag: names.department(one.department),
      lines: told([
        line("register.kind", `${t(`register.kinds.${one.kind}`)}${dot}${t("register.minutes", { n: one.minutes })}${one.invited ? `${dot}${t("register.invited")}` : ""}`),
        line("register.basis", one.basis),
        line("register.funds", one.funds),
        { word: "", value: since(one.from_on, one.to_on) },
      ]),
    })),
    refusals: all.refusals.map((one) => ({ key: one.code, title: say(one.zh, one.en), tag: "", lines: [] })),
    formulas: all.formulas.map((one) => ({
      key: one.code,
      title: say(one.zh, one.en),
      tag: "",
      lines: [{ word: "", value: t("register.over", { of: say(one.of_zh, one.of_en), over: say(one.over_zh, one.over_en) }) }],
    })),
  };
}
