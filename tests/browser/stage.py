"""Somebody at a screen: a context of the right size, signed in, watched; and the stage that they all stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tools.screens import chromium
from tools.screens.pages import Traffic, open_page, turn_to
from tools.screens.seats import LANGUAGES, SIZES, VISITOR, Seat, seats, sign_in, speaking
from tools.screens.watching import Watch

PICTURES = Path("build/browser")
"""What people saw when a test failed."""
DRAWS = "draws"
MACHINE = """(() => {
  const own = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return /webgl/.test(kind) && !document.cookie.includes('DRAWS=1') ? null : own.call(this, kind, ...more);
  };
})()""".replace("DRAWS", DRAWS)
"""A machine that draws no large map, as old phones and locked-down offices have it, until the cookie says otherwise.

Without a graphics card two thirds of a page's time go into drawing its map; the pages themselves ask and say the same.
"""


@dataclass
class Person:
    """Somebody with a page open. ``ask`` asks the API as they would: what the server knows, beside what they see."""

    seat: Seat
    context: BrowserContext
    page: Page
    traffic: Traffic
    watch: Watch
    address: str

    def open(self, path: str) -> Page:
        """Go to an address of the house and wait until the page stands."""
        open_page(self.page, self.traffic, f"{self.address}{path}")
        return self.page

    def turns_to(self, path: str) -> Page:
        """Go to another page of the app in which they are, as by a link, and wait until it stands."""
        turn_to(self.page, self.traffic, path, self.seat.app)
        return self.page

    def draws(self, maps: bool) -> None:
        """Whether their machine draws large maps, from the next page on that they open."""
        self.context.add_cookies([{"name": DRAWS, "value": str(int(maps)), "url": self.address}])

    def settled(self) -> Page:
        """Wait until nothing is under way."""
        self.traffic.settled()
        return self.page

    def ask(self, path: str, **query: Any) -> Any:
        """What the API answers this person."""
        answer = self.context.request.get(f"{self.address}/api/{path}", params=query)
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:500]}"
        return answer.json()

    def post(self, path: str, body: dict[str, Any], *, file: Path | None = None) -> Any:
        """A step that no screen has yet, taken through the API as this person."""
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        sent: dict[str, Any] = {"multipart": {**body, "file": file}} if file else {"data": body}
        answer = self.context.request.post(
            f"{self.address}/api/{path}",
            headers={"X-CSRFToken": token, "Referer": f"{self.address}/"},
            **sent,
        )
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:500]}"
        return answer.json()


class Stage:
    """The served demo and whoever is at it. When it closes, the faults of all their pages are told at once."""

    def __init__(self, playwright: Playwright, browser: Browser, home: Path, address: str) -> None:
        self.playwright, self.browser, self.home, self.address = playwright, browser, home, address
        self.seats = {one.name: one for one in seats(home)}
        self.people: dict[str, Person] = {}
        self.watches: list[Watch] = []
        self.contexts: list[BrowserContext] = []
        self.draws = False

    @contextmanager
    def open(self) -> Iterator[Stage]:
        """Until the end; raises ``AssertionError`` with whatever a page did that it must not."""
        try:
            yield self
        finally:
            for person in self.people.values():
                person.context.close()
        self.no_faults()

    def no_faults(self) -> None:
        """Raises ``AssertionError`` if any page did what it must not; then they begin anew."""
        found = [fault for watch in self.watches for fault in watch.faults]
        for watch in self.watches:
            watch.faults.clear()
        assert not found, "\n".join(dict.fromkeys(found))

    def person(self, name: str, *, language: str = LANGUAGES[0], size: int = 0) -> Person:
        """Whoever has this account, at a screen of their app; the same person each time. Large maps are drawn where ``draws``."""
        key = f"{name} {language} {size}"
        if key not in self.people:
            seat = self.seats[name]
            width, height = SIZES[seat.app][size]
            context = self.browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai",
                has_touch=seat.app == "phone",
            )  # fmt: skip
            self.people[key] = self._watched(seat, context, language)
        return self.people[key]

    def leaves(self, person: Person) -> None:
        """Their screen goes dark; they may come back, signed out."""
        person.context.close()
        self.people = {key: one for key, one in self.people.items() if one is not person}

    def picture(self, folder: Path) -> None:
        """Keep what everybody sees at this moment, for whoever looks at a test that failed."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(one for context in self.contexts for one in context.pages):
            page.screenshot(path=folder / f"{number}.png")

    @contextmanager
    def device(self, name: str, folder: Path) -> Iterator[Person]:
        """A phone that keeps what it holds in ``folder``: switched off at the end, and on again with the same folder."""
        seat = self.seats[name]
        width, height = SIZES[seat.app][0]
        context = self.playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.path(), args=list(chromium.FLAGS), locale="zh-CN",
            viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        try:
            known = any(one["name"] == "sessionid" for one in context.cookies())
            yield self._watched(seat, context, LANGUAGES[0], known=known)
        except BaseException:
            self.picture(PICTURES / f"{name}-{folder.name}")
            raise
        finally:
            context.close()

    def _watched(self, seat: Seat, context: BrowserContext, language: str, *, known: bool = False) -> Person:
        context.set_default_timeout(20_000)
        watch = Watch(context, self.address)
        self.contexts.append(context)
        context.on("close", lambda one: self.contexts.remove(one))
        self.watches.append(watch)
        context.add_init_script(speaking(language))
        context.add_init_script(MACHINE)
        if seat.name != VISITOR and not known:
            sign_in(context, self.address, seat.name)
        page = context.pages[0] if context.pages else context.new_page()
        person = Person(seat, context, page, Traffic(page), watch, self.address)
        person.draws(self.draws)
        return person
