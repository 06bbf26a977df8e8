"""Whatever a page must not do, noted while a browser context lives: ask elsewhere, break the policy, complain, fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

OWN_SCHEMES = ("data", "blob", "about", "chrome-error")
TOLD = "wangge: the policy was broken: "
LISTEN = f"""
document.addEventListener('securitypolicyviolation', (event) =>
  console.error('{TOLD}' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber));
"""
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "ERR_NETWORK_CHANGED")


class Watch:
    """Notes the faults of one context; ``faults`` is empty while all is well."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.faults: list[str] = []
        self._origin = _origin(address)
        self._excused: tuple[str, ...] = ()
        context.add_init_script(LISTEN)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._failed)

    @contextmanager
    def without_a_network(self) -> Iterator[None]:
        """While there is none the browser itself complains about every request; nothing else is excused."""
        with self.excusing(*NO_NETWORK):
            yield

    @contextmanager
    def excusing(self, *words: str) -> Iterator[None]:
        """Don't note what the console says with one of these words: a refusal that a test is about."""
        before, self._excused = self._excused, (*self._excused, *words)
        try:
            yield
        finally:
            self._excused = before

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in OWN_SCHEMES and _origin(request.url) != self._origin:
            self.faults.append(f"a request to elsewhere: {request.method} {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url} answers {response.status}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error" or any(word in message.text for word in self._excused):
            return
        where = message.location.get("url", "")
        self.faults.append(
            f"the console says: {message.text} [{where}] on {message.page.url if message.page else '?'}"
        )

    def _failed(self, error: WebError) -> None:
        self.faults.append(f"an error in the page: {error.error}")


def _origin(url: str) -> str:
    said = urlsplit(url)
    return f"{said.scheme}://{said.netloc}"
