/**
 * The keyboard of the console. A page lays its keys over those below it; the topmost that wants a key gets it, and nothing is
 * taken from somebody who types. What is laid is what the sheet of all keys (`?`) shows: no key can be missing from it.
 */
import { onScopeDispose, shallowReactive } from "vue";

export interface Binding {
  /** As `KeyboardEvent.key` says it: `j`, `/`, `Enter`, `Escape`. */
  key: string;
  /** The word of the sheet: a key of the words, or a text of the server. */
  says: string;
  run: () => unknown;
  when?: () => boolean;
}

interface Layer {
  bindings: () => Binding[];
  /** A dialog: what lies below hears nothing. */
  modal: boolean;
}

const layers = shallowReactive<Layer[]>([]);

/** Lay keys over the others. Returns what takes them away again. */
export function lay(bindings: () => Binding[], modal = false): () => void {
  const layer = { bindings, modal };
  layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

/** The keys of a component, for as long as it stands. */
export function useKeys(bindings: () => Binding[], modal = false): void {
  onScopeDispose(lay(bindings, modal));
}

/** The keys that do something now, the topmost first; one that is laid twice is the upper one's. */
export function keysNow(): Binding[] {
  const found: Binding[] = [];
  for (const layer of [...layers].reverse()) {
    for (const one of layer.bindings()) {
      if (!found.some((held) => held.key === one.key) && (one.when?.() ?? true)) found.push(one);
    }
    if (layer.modal) break;
  }
  return found;
}

/** Whether somebody writes: then only Escape is a command. */
export function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
}

/** Give a key to whoever wants it. A button that has the focus keeps Enter and the blank. */
export function hear(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (writing(event.target) && event.key !== "Escape") return;
  if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.closest("a, button, summary, [role=button]")) return;
  const wanted = keysNow().find((one) => one.key === event.key);
  if (!wanted) return;
  event.preventDefault();
  void wanted.run();
}
