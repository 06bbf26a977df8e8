/** What a problem is called: the catalogue's classes, and those that what somebody wrote may mean. */
import type { components } from "@shared/api/schema";

export type OfClass = components["schemas"]["ClassRecord"];

export interface Group {
  name: string;
  classes: OfClass[];
}

/** Words that people use where the catalogue says something else. */
const MEANT: readonly [RegExp, string][] = [
  [/垃圾|脏|臭/, "垃圾"],
  [/灯|不亮|黑/, "路灯"],
  [/井盖|窨井|下水道盖/, "井盖"],
  [/水管|漏水|爆管/, "水管"],
  [/积水|淹|堵水/, "积水"],
  [/坑|路面|塌/, "路面"],
  [/停车|乱停|占道/, "停放"],
  [/电动车|电瓶车|充电/, "电动车"],
  [/树/, "树"],
  [/吵|噪音|噪声/, "噪声"],
  [/油烟/, "油烟"],
  [/狗|犬/, "犬"],
  [/煤气|天然气|燃气/, "燃气"],
  [/电梯/, "电梯"],
  [/厕所/, "厕所"],
  [/电线|线缆|网线/, "线缆"],
  [/消防|通道/, "消防"],
  [/广告/, "广告"],
];

/** Pairs of neighbouring characters: how Chinese words are compared without a dictionary. */
function pairs(text: string): Set<string> {
  const found = new Set<string>();
  const said = text.toLowerCase().replace(/[\s，。、,.;；！!?？]/g, "");
  for (let n = 0; n < said.length - 1; n++) found.add(said.slice(n, n + 2));
  return found;
}

/** The classes that a description may mean, the likeliest first; nothing where nothing fits. */
export function suggested(text: string, classes: readonly OfClass[], most = 3): OfClass[] {
  const said = pairs(text);
  const meant = MEANT.filter(([pattern]) => pattern.test(text)).map(([, word]) => word);
  const english = text.toLowerCase().split(/[^a-z]+/).filter((word) => word.length > 3);
  const scored = classes.map((one) => {
    let score = 0;
    for (const pair of pairs(one.name_zh)) if (said.has(pair)) score += 3;
    for (const word of meant) if (one.name_zh.includes(word)) score += 2;
    for (const rule of one.rules) for (const pair of pairs(rule.filing)) if (said.has(pair)) score += 0.5;
    const name = one.name_en.toLowerCase();
    for (const word of english) if (name.includes(word)) score += 3;
    return { one, score };
  });
  return scored
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}

/** Classes by their big class, in the catalogue's order: two taps reach each. */
export function grouped(classes: readonly OfClass[], nameOf: (one: OfClass) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const one of classes) {
    const name = nameOf(one);
    const group = groups.get(name) ?? { name, classes: [] };
    group.classes.push(one);
    groups.set(name, group);
  }
  return [...groups.values()];
}
