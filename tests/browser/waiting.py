"""Waiting for what another process does: the job worker, a phone's outbox."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from playwright.sync_api import Error, Page

T = TypeVar("T")


def until(ask: Callable[[], T], what: str, *, seconds: float = 40) -> T:
    """The first answer that is anything; raises ``AssertionError`` where none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = ask()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


def comes_true(page: Page, function: str, argument: Any = None, *, seconds: float = 40) -> None:
    """Ask the page until it says yes, also while it goes from one address to another.

    ``Page.wait_for_function`` isn't for pages with a policy: what doesn't hold at once it asks again by ``eval`` from inside the
    page, and that is a breach (https://github.com/microsoft/playwright/issues/7395).
    """

    def asked() -> bool:
        try:
            return bool(page.evaluate(function, argument))
        except Error as gone:
            if "Execution context was destroyed" in gone.message:
                return False
            raise

    until(asked, function, seconds=seconds)
