"""A look before anything is given out: a wheel without its apps or its Chinese words would install, and fail for whoever opens it.

hatchling calls this for each wheel and each source distribution (``[tool.hatch.build.hooks.custom]`` in pyproject.toml).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = "wangge/entry/screens/static/web"
PAGES = (
    "console/index.html",
    "phone/index.html",
    "phone/sw.js",
    "portal/index.html",
    ".vite/manifest.json",
    "licences.md",
)


class NotReady(Exception):  # noqa: N818
    """Something that an installation needs was not made; the message says what, and how to make it."""


def missing(root: Path) -> list[str]:
    """What a wheel from this folder would lack: pages of the apps, and catalogues not compiled since their words changed."""
    pages = [f"{WEB}/{page}" for page in PAGES if not (root / WEB / page).is_file()]
    stale = [
        words.with_suffix(".mo") for words in sorted((root / "wangge").rglob("*.po")) if not _compiled(words)
    ]
    return pages + [path.relative_to(root).as_posix() for path in stale]


def _compiled(words: Path) -> bool:
    made = words.with_suffix(".mo")
    return made.is_file() and made.stat().st_mtime >= words.stat().st_mtime


class Complete(BuildHookInterface):
    """Refuses to build what would not be whole. A development install (``pip install -e``) may be without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises ``NotReady``."""
        lacking = missing(Path(self.root))
        if lacking and version != "editable":
            raise NotReady(
                f"{', '.join(lacking)}: not built, or older than the source. Type  ./run wheel , which builds the apps and"
                " compiles the catalogues first."
            )
