import { afterEach, describe, expect, it, vi } from "vitest";

import { hear, keysNow, lay } from ".";

const taken: (() => void)[] = [];
const put = (...given: Parameters<typeof lay>): void => void taken.push(lay(...given));
afterEach(() => taken.splice(0).forEach((one) => one()));

function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.addEventListener("keydown", (one) => hear(one as KeyboardEvent), { once: true });
  target.dispatchEvent(event);
  return event;
}

describe("the keyboard", () => {
  it("gives a key to the topmost that wants it", () => {
    const [low, high] = [vi.fn(), vi.fn()];
    put(() => [{ key: "j", says: "down", run: low }, { key: "k", says: "up", run: low }]);
    put(() => [{ key: "j", says: "next", run: high }]);
    expect(press("j").defaultPrevented).toBe(true);
    expect([high.mock.calls.length, low.mock.calls.length]).toEqual([1, 0]);
    press("k");
    expect(low).toHaveBeenCalledTimes(1);
  });

  it("takes nothing from somebody who types, but Escape leaves", () => {
    const run = vi.fn();
    put(() => [{ key: "j", says: "down", run }, { key: "Escape", says: "close", run }]);
    const input = document.createElement("input");
    expect(press("j", input).defaultPrevented).toBe(false);
    press("Escape", input);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("leaves the browser's own keys and a focused button's Enter alone", () => {
    const run = vi.fn();
    put(() => [{ key: "f", says: "file", run }, { key: "Enter", says: "open", run }]);
    press("f", document.body, { ctrlKey: true });
    press("f", document.body, { isComposing: true });
    press("Enter", document.createElement("button"));
    expect(run).not.toHaveBeenCalled();
  });

  it("hears nothing from below a dialog", () => {
    const run = vi.fn();
    put(() => [{ key: "f", says: "file", run }]);
    put(() => [{ key: "Escape", says: "close", run: () => undefined }], true);
    press("f");
    expect(run).not.toHaveBeenCalled();
    expect(keysNow().map((one) => one.key)).toEqual(["Escape"]);
  });

  it("shows on the sheet just what would do something now", () => {
    put(() => [{ key: "f", says: "file", run: () => undefined, when: () => false }, { key: "j", says: "down", run: () => undefined }]);
    expect(keysNow().map((one) => one.key)).toEqual(["j"]);
  });
});
