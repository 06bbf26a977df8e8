/** A file in hand: what its columns hold, a dry run, and confirming. The file stays in this page; the server keeps nothing of it. */
import { api } from "@shared/api/client";
import { acting } from "@shared/api/outcome";
import { idempotent } from "@shared/api/once";
import type { components } from "@shared/api/schema";
import { computed, reactive, ref, shallowRef } from "vue";

import { upload } from "../ui/upload";
import { SURE, ways } from "./sheet";

type Schemas = components["schemas"];
export type Proposal = Schemas["MappingProposal"];
export type Tried = Schemas["FileTried"];

/** What is confirmed: columns of the first person and of the second apart, the department's own words kept where the element stays. */
export function confirmed(proposal: Proposal, chosen: Readonly<Record<string, string>>): Schemas["MappingConfirmed"] {
  const first = proposal.columns.filter((one) => one.part === 1);
  const second = proposal.columns.filter((one) => one.part === 2);
  const pick = (ones: typeof first): Record<string, string> => Object.fromEntries(ones.map((one) => [one.column, chosen[one.column] ?? one.element]));
  const kept = first.filter((one) => Object.keys(one.values).length && (chosen[one.column] ?? one.element) === one.element);
  return {
    columns: pick(first),
    values: Object.fromEntries(kept.map((one) => [one.column, one.values])),
    second: proposal.second ? { ...proposal.second, columns: pick(second) } : null,
  };
}

/** The desk of one feed. */
export function useTrying(feed: () => string) {
  const looking = acting();
  const acts = acting();
  const file = shallowRef<File>();
  const proposal = shallowRef<Proposal>();
  const tried = shallowRef<Tried>();
  const chosen = reactive<Record<string, string>>({});
  const changed = ref(false);
  const at = (what: string): string => `/api/hub/feeds/${encodeURIComponent(feed())}/${what}`;

  const sheet = computed(() => tried.value?.sheet ?? proposal.value?.sheet ?? undefined);
  const lines = computed(() => {
    const held = proposal.value;
    // What the agreement doesn't name shows only when it is tried; what is forbidden shows at once.
    return held && sheet.value ? ways(sheet.value, held.columns, chosen, [...held.refused, ...(changed.value ? [] : (tried.value?.refused ?? []))]) : [];
  });
  const unsure = computed(() => proposal.value?.columns.filter((one) => one.element && one.confidence < SURE && chosen[one.column] === one.element).length ?? 0);

  const look = (taken: File | undefined): Promise<boolean> =>
    looking.attempt(async () => {
      if (!taken) return;
      close();
      file.value = taken;
      proposal.value = await upload<Proposal>(at("propose"), taken, () => undefined);
      for (const one of proposal.value.columns) chosen[one.column] = one.element;
    });

  function choose(column: string, element: string): void {
    chosen[column] = element;
    changed.value = Boolean(tried.value);
  }

  const dryRun = (): Promise<boolean> =>
    acts.attempt(async () => {
      if (!file.value) return;
      tried.value = await upload<Tried>(at("try"), file.value, () => undefined, { columns: JSON.stringify(chosen) });
      changed.value = false;
    });

  const confirm = (): Promise<boolean> =>
    acts.attempt(async () => {
      if (!proposal.value) return;
      await api.POST("/api/hub/feeds/{feed}/mapping", { params: { path: { feed: feed() } }, body: confirmed(proposal.value, chosen), headers: idempotent() });
    });

  function close(): void {
    file.value = proposal.value = tried.value = undefined;
    looking.problem.value = acts.problem.value = undefined;
    changed.value = false;
    for (const column of Object.keys(chosen)) delete chosen[column];
  }

  return { looking, acts, file, proposal, tried, chosen, changed, sheet, lines, unsure, look, choose, dryRun, confirm, close };
}
