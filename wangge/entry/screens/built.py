"""What the front end's build left: the pages of the three apps, below ``static/web``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "web"
APPS = ("console", "phone", "portal")
HASHED = re.compile(r"^/static/web/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
"""Files whose name changes with their content: they may be kept for ever."""


class NotBuilt(Exception):  # noqa: N818
    """The apps were never built; the message says how to."""


@lru_cache(maxsize=len(APPS) + 1)
def _read(path: Path, changed_at: int) -> str:
    return path.read_text(encoding="utf-8")


def page(app: str) -> str:
    """The page that starts an app. Raises ``NotBuilt``."""
    path = FOLDER / app / "index.html"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise NotBuilt(
            "The apps were not built yet. In a checkout, type:  ./run web  (an installed wheel brings them along)."
        ) from None


def worker() -> str:
    """The phone's service worker, as the build left it. Raises ``NotBuilt``."""
    path = FOLDER / "phone" / "sw.js"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise NotBuilt("The phone was not built yet. In a checkout, type:  ./run web") from None


def immutable(path: str, url: str) -> bool:
    """Whether whitenoise may let browsers keep a file for ever."""
    return bool(HASHED.match(url))
