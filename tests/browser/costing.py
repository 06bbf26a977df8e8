"""What an act costs whoever does it: listeners in the page count, and `docs/acts.md` says how much it may be.

The page's table is read, held against what was measured, and written anew where `WANGGE_WRITE_ACTS=1` asks for it.
"""

from __future__ import annotations

import os
from dataclasses import astuple, dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page
from stage import Person

PAGE = Path(__file__).resolve().parents[2] / "docs" / "acts.md"
WRITES = os.environ.get("WANGGE_WRITE_ACTS") == "1"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
HEAD = "| role | act | how | clicks | keys | typed | pages | loads |\n|---|---|---|--:|--:|--:|--:|--:|"
LISTEN = """
(() => {
  const held = () => JSON.parse(sessionStorage.getItem('cost') ?? 'null');
  const add = (name, by) => { const now = held(); if (now && by > 0) { now[name] += by; sessionStorage.setItem('cost', JSON.stringify(now)); } };
  const texts = 'input:not([type=checkbox],[type=radio],[type=file],[type=button],[type=submit]), textarea';
  const before = new WeakMap();
  const hear = (name, run) => addEventListener(name, (event) => event.isTrusted && run(event), { capture: true, passive: true });
  hear('pointerdown', () => add('clicks', 1));
  hear('keydown', (event) => event.key.length > 1 || !event.target.matches?.(texts) ? add('keys', 1) : undefined);
  // A list to choose from is opened and chosen from; a file is asked for and picked.
  addEventListener('change', (event) => event.target.matches?.('select') && add('clicks', 2), true);
  addEventListener('change', (event) => event.target.matches?.('input[type=file]') && add('clicks', 2), true);
  addEventListener('input', (event) => {
    if (!event.target.matches?.(texts)) return;
    add('typed', event.target.value.length - (before.get(event.target) ?? 0));
    before.set(event.target, event.target.value.length);
  }, true);
  let path = location.pathname;
  add('loads', 1);
  add('pages', 1);
  const moved = () => { if (location.pathname !== path) { path = location.pathname; add('pages', 1); } };
  for (const name of ['pushState', 'replaceState']) {
    const own = history[name];
    history[name] = function (...given) { own.apply(history, given); moved(); };
  }
  addEventListener('popstate', moved);
})();
"""
ZERO = "() => sessionStorage.setItem('cost', JSON.stringify({ clicks: 0, keys: 0, typed: 0, pages: 0, loads: 0 }))"
READ = "() => JSON.parse(sessionStorage.getItem('cost'))"
STOP = "() => sessionStorage.removeItem('cost')"


@dataclass(frozen=True)
class Cost:
    """Clicks or taps, keystrokes that are no text, characters of free text, pages shown, documents loaded."""

    clicks: int
    keys: int
    typed: int
    pages: int
    loads: int

    def above(self, other: Cost) -> bool:
        """Whether anything of it is more."""
        return any(mine > theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True))


@dataclass
class Walk:
    """Somebody who does an act by hand: each step as a person takes it, so that the page's listeners count it."""

    person: Person

    @property
    def page(self) -> Page:
        """The page that stands open."""
        return self.person.page

    def begins(self, at: str) -> None:
        """From here on it counts: the role's first page stands."""
        self.person.open(at)
        self.page.evaluate(ZERO)

    def ended(self) -> Cost:
        """What it was; nothing counts any more."""
        said = self.page.evaluate(READ)
        self.page.evaluate(STOP)
        return Cost(**said)

    def click(self, what: Locator) -> None:
        """One click, or one tap where it is a phone."""
        what.first.click()

    def types(self, into: Locator, text: str) -> None:
        """A click into the field unless the page has put the cursor there, then the text."""
        if not into.first.evaluate("(one) => one === document.activeElement"):
            into.first.click()
        into.first.fill(text)

    def press(self, keys: str) -> None:
        """A key; of two at once (`Control+Enter`) both count."""
        self.page.keyboard.press(keys)


def table() -> dict[tuple[str, str], tuple[str, Cost]]:
    """The page's rows by role and act: how it is done, and what it may cost."""
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip().splitlines()[2:]:
        role, act, how, *figures = (cell.strip() for cell in line.strip().strip("|").split("|"))
        rows[role, act] = (how, Cost(*map(int, figures)))
    return rows


def write(measured: dict[tuple[str, str], tuple[str, Cost]]) -> None:
    """The table anew, rows in the order in which they were measured."""
    rows = [
        f"| {role} | {act} | {how} | {' | '.join(map(str, astuple(cost)))} |"
        for (role, act), (how, cost) in measured.items()
    ]
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    text = "\n".join([HEAD, *rows])
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")
