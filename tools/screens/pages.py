"""The pages of an app as somebody finds them: the router's own addresses, and the links that lead to one thing each.

The app is asked: its router knows every page, a link on a page gives the address of one that is about one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

WORKER = re.compile(r"-worker-[\w-]+\.js$")
TILE = re.compile(r"/api/areas/tiles/")
QUIET_MS, TILES_MS, LONGEST_MS = 120, 5_000, 20_000
ROUTER = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
ROUTES = f"() => {ROUTER}.getRoutes().filter((one) => !one.redirect).map((one) => one.path)"
LINKS = """() => [...document.querySelectorAll('a[href]')]
  .filter((one) => one.origin === location.origin && one.pathname.startsWith(BASE) && !one.hasAttribute('download'))
  .map((one) => one.pathname + one.search)""".replace("BASE", f"{ROUTER}.options.history.base + '/'")
PATTERN = f"(path) => {ROUTER}.resolve(path).matched.at(-1)?.path ?? ''"
LEADS = """async (path) => {
  let to = '';
  const off = ROUTER.beforeResolve((one) => { to = one.path; return false; });
  await ROUTER.push(path);
  off();
  return to || ROUTER.currentRoute.value.path;
}""".replace("ROUTER", ROUTER)
"""Where an address leads, by the router's own rules; nobody goes there."""
GO = f"(path) => {ROUTER}.push(path)"
REST = "(.*)"
"""What the pattern of an app's last route ends in: it takes whatever no other page is."""
NOWHERE = "no-such-page"


@dataclass(frozen=True)
class Place:
    """A page: its pattern in the router, and an address of it below the server's."""

    pattern: str
    path: str


class Traffic:
    """Which requests of a page are still under way."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: set[Request] = set()
        page.on("request", self._begun)
        page.on("requestfinished", lambda one: self._open.discard(one))
        page.on("requestfailed", lambda one: self._open.discard(one))
        # Of an answer whose body nobody reads no end is told.
        page.on("response", lambda one: one.request.method == "GET" or self._open.discard(one.request))

    def _begun(self, one: Request) -> None:
        # Nobody is told of the end of a worker's script when its page lets the worker go before.
        if not WORKER.search(one.url):
            self._open.add(one)

    def settled(self) -> None:
        """Wait until nothing has been under way, and nothing busy, for a moment. Raises ``TimeoutError`` after twenty seconds."""
        quiet = waited = 0
        while quiet < QUIET_MS:
            self._page.wait_for_timeout(40)
            waited += 40
            if waited > LONGEST_MS:
                still = ", ".join(one.url for one in self._open) or "the page is busy"
                raise TimeoutError(f"{self._page.url} doesn't settle: {still}")
            # Nobody is told of the end of a tile that the map's worker gave up because the map moved on.
            if waited > TILES_MS:
                self._open = {one for one in self._open if not TILE.search(one.url)}
            busy = self._open or self._page.locator("[aria-busy=true]").count()
            quiet = 0 if busy else quiet + 40


def open_page(page: Page, traffic: Traffic, address: str) -> None:
    """Go there and wait until the page stands."""
    page.goto(address, wait_until="load")
    page.wait_for_selector("#app > *", state="attached")
    traffic.settled()


def turn_to(page: Page, traffic: Traffic, path: str, app: str) -> None:
    """Go to another page of the app on which the browser stands, as a link would, and wait until it stands."""
    page.evaluate(GO, _below(path, app))
    traffic.settled()


def places(
    page: Page,
    traffic: Traffic,
    address: str,
    app: str,
    before: Callable[[str], None] = lambda pattern: None,
    by_link: Callable[[str], bool] = lambda pattern: False,
) -> Iterator[Place]:
    """Every page of the app that whoever is signed in comes to; when one is given out, the browser stands on it.

    Of a page that sends on to another one the other one is given out, once. ``address`` is the server's. ``before`` hears the
    pattern of a page before it is opened; ``by_link`` says whether to come to it inside the app rather than by its address.
    """
    before("/")
    open_page(page, traffic, f"{address}/{app}/")
    waiting, stands = [f"/{app}/"], f"/{app}/"
    # What a link shows is opened first: it says what its page is about. Addresses without a parameter follow.
    alone = [f"/{app}{one}" for one in page.evaluate(ROUTES) if ":" not in one]
    seen: set[str] = set()
    while waiting or alone:
        path = waiting.pop(0) if waiting else alone.pop(0)
        pattern = pattern_of(page, path, app)
        if pattern in seen:
            continue
        # Most addresses lead most accounts to the same page: that it isn't theirs. It is opened once.
        leads = page.evaluate(LEADS, _below(path, app))
        if pattern_of(page, leads, app) in seen:
            seen.add(pattern)
            continue
        if path != stands:
            before(pattern)
            if by_link(pattern):
                turn_to(page, traffic, path, app)
            else:
                open_page(page, traffic, f"{address}{path}")
        stands = ""
        said = urlsplit(page.url)
        landed = pattern_of(page, f"{said.path}?{said.query}", app)
        if landed not in seen:
            yield Place(landed, f"{said.path}?{said.query}" if said.query else said.path)
        seen |= {pattern, landed}
        waiting += page.evaluate(LINKS)


def routes(page: Page) -> list[str]:
    """The patterns of all pages of the app on which the browser stands."""
    return list(page.evaluate(ROUTES))


def pattern_of(page: Page, path: str, app: str) -> str:
    """Which page of the app an address is."""
    return str(page.evaluate(PATTERN, _below(path, app)))


def _below(path: str, app: str) -> str:
    return path.removeprefix(f"/{app}") or "/"
