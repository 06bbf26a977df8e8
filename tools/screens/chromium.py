"""Debian's chromium: whether it is here, what to type where it isn't, and how it is started.

Taken is its build without a window where that is installed: the same engine for half the processor's time (nothing is composed for
a screen that nobody has); else the browser itself, without its window.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

INSTALL = "sh tools/browsers.sh"
PROGRAMS = ("chromium-headless-shell", "chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip
"""It stays at home: nothing that chromium does by itself asks anybody anything."""


def missing() -> str:
    """What isn't here, and the line to type; empty where all is."""
    lacking = [] if _found() else ["chromium"]
    if not _knows_chinese():
        lacking.append("fonts-noto-cjk")
    if not lacking:
        return ""
    return f"{' and '.join(lacking)} can't be found. As root, or with sudo, type:  {INSTALL}"


def left_out() -> str:
    """Why tests that need a browser are left out on this machine; empty where they run, or must run (`WANGGE_BROWSER=required`)."""
    return "" if os.environ.get("WANGGE_BROWSER") == "required" else missing()


def _found() -> str | None:
    return next((found for one in PROGRAMS if (found := shutil.which(one))), None)


@cache
def _knows_chinese() -> bool:
    """Whether there is any font with Chinese characters: without one every picture is full of boxes."""
    fonts = shutil.which("fc-list")
    if fonts is None:
        return False
    found = subprocess.run([fonts, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def path() -> str:
    """Where chromium is. Raises ``RuntimeError`` with the line to type."""
    found = _found()
    if found is None:
        raise RuntimeError(missing())
    return found


@contextmanager
def playing() -> Iterator[Playwright]:
    """Playwright, which tells requests of service workers too."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")
    with sync_playwright() as playwright:
        yield playwright


def launched(playwright: Playwright, **options: Any) -> Browser:  # noqa: ANN401 - playwright's own options
    """A browser without a window."""
    return playwright.chromium.launch(executable_path=path(), args=list(FLAGS), **options)
