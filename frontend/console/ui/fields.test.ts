// @vitest-environment happy-dom
import { flushPromises, mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import { createI18n } from "vue-i18n";

import AreaField from "./AreaField.vue";
import DateField from "./DateField.vue";
import SearchField from "./SearchField.vue";

const answers: ((found: object) => void)[] = [];
vi.mock("@shared/api/client", () => ({
  api: { GET: (path: string) => (path.endsWith("/divisions") ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve({ data: [] })) },
}));
const global = { plugins: [createI18n({ legacy: false, locale: "zh-Hans", missingWarn: false, fallbackWarn: false })] };
const answer = async (...codes: string[]): Promise<void> => {
  answers.shift()!({ data: { items: codes.map((code) => ({ code, name_zh: "西陵", name_en: "Xiling" })) } });
  await flushPromises();
};

it("keeps what is typed when an answer comes while somebody types", async () => {
  const held = mount(AreaField, { props: { value: "", label: "范围" }, global });
  await held.get("input").setValue("420502");
  await answer("420502");
  expect(held.get("input").element.value).toBe("420502");
});

it("chooses the code at the end, or the one thing that a text means", async () => {
  const held = mount(AreaField, { props: { value: "", label: "范围" }, global });
  await held.get("input").setValue("西陵");
  await answer("420502");
  await held.get("input").trigger("change");
  expect(held.emitted("set")).toEqual([["420502"]]);
});

it("goes back to what was chosen where a text means nothing", async () => {
  const held = mount(AreaField, { props: { value: "420502", label: "范围" }, global });
  const before = held.get("input").element.value;
  await held.get("input").setValue("没有这地方");
  await answer();
  await held.get("input").trigger("change");
  expect(held.emitted("set")).toBeUndefined();
  expect(held.get("input").element.value).toBe(before);
});

it("keeps the words of a search while its page is drawn anew", async () => {
  const held = mount({ components: { SearchField }, data: () => ({ total: 0 }), template: `<p>{{ total }}<SearchField value="" label="查找" /></p>` });
  held.get("input").element.value = "王";
  await held.get("input").trigger("input");
  await held.setData({ total: 40 });
  expect(held.get("input").element.value).toBe("王");
});

it("keeps a typed day when the other end of the period changes", async () => {
  const held = mount(DateField, { props: { value: "", label: "到", from: "" } });
  await held.get("input").setValue("2026-11-29");
  await held.setProps({ from: "2026-11-01" });
  expect(held.get("input").element.value).toBe("2026-11-29");
});
