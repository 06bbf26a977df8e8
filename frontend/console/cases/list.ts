/** The list of cases that stands now: its filter in the address, its cursor, what is selected. */
import { api } from "@shared/api/client";
import { loading, type Loading } from "@shared/api/outcome";
import { roles } from "@shared/session";
import { computed, type ComputedRef, ref, type Ref, watch } from "vue";

import { type Address, paging, useAddress } from "../address";
import type { CaseLine } from "./due";
import { type Counts, serverFilter, SHAPE } from "./queues";

type Page = { total: number; items: CaseLine[] };
type Query = NonNullable<Parameters<typeof api.GET<"/api/cases/", object>>[1]>;

export interface CaseList {
  address: Address<typeof SHAPE>;
  list: Loading<Page>;
  counts: Loading<Counts>;
  items: ComputedRef<CaseLine[]>;
  filter: ComputedRef<Record<string, string | boolean>>;
  selected: Ref<Set<string>>;
  toggle: (uid: string) => void;
  reload: () => void;
}

export function useCaseList(): CaseList {
  const address = useAddress(SHAPE);
  const filter = computed(() => serverFilter(address.values.value, roles.value));
  const selected = ref(new Set<string>());

  const list = loading(async () => {
    const query = { ...filter.value, order: address.values.value.order, ...paging(address.values.value) };
    const { data } = await api.GET("/api/cases/", { params: { query } } as Query);
    return data as Page;
  });
  const counts = loading(async () => (await api.GET("/api/cases/counts", {})).data as Counts);

  function reload(): void {
    void list.load();
    void counts.load();
  }

  watch([filter, () => address.values.value.order, () => paging(address.values.value)], (now, before) => {
    // Opening a case changes the address too; the same question isn't asked again.
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    selected.value = new Set();
    void list.load();
  });
  reload();

  return {
    address, filter, list, counts, selected, reload,
    items: computed(() => list.data.value?.items ?? []),
    toggle(uid) {
      const next = new Set(selected.value);
      if (!next.delete(uid)) next.add(uid);
      selected.value = next;
    },
  };
}
