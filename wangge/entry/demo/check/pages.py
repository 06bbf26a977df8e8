"""Ask for the pages of the three apps, and for every file that their build named: all there, none of them empty.

What the figures on the pages are, the API is asked (``run``): pages show nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client

from wangge.entry.screens import built

NAMED = re.compile(r'(?:src|href)="(/[^"]+)"')
BELOW = "any/page/below"
"""An address of no page: the app answers there too, and says so itself."""


def faults(client: Client | None = None) -> Iterator[str]:
    """What is wrong with the pages, one by one."""
    client = client or Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    for app in built.APPS:
        yield from _app(client, app)
    try:
        files = manifest(built.FOLDER)
    except (OSError, ValueError) as why:
        yield f"what the build named can't be read: {why}"
        return
    for file in sorted(files):
        yield from _file(client, f"{settings.STATIC_URL}web/{file}")


def manifest(folder: Path) -> set[str]:
    """Every file that the build named, below its folder. Raises ``OSError`` or ``ValueError`` where it can't be read."""
    said = json.loads((folder / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return {
        file for one in said.values() for file in (one["file"], *one.get("css", []), *one.get("assets", []))
    }


def _app(client: Client, app: str) -> Iterator[str]:
    for path in (f"/{app}/", f"/{app}/{BELOW}"):
        answer = client.get(path)
        if answer.status_code != 200:
            yield f"{path} answers {answer.status_code}, not 200"
            return
    named = NAMED.findall(answer.content.decode())
    if not any(one.endswith(".js") for one in named):
        yield f"/{app}/ names no script"
    for path in named:
        yield from _file(client, path)


def _file(client: Client, path: str) -> Iterator[str]:
    answer = client.get(path)
    if answer.status_code != 200:
        yield f"{path} answers {answer.status_code}, not 200"
        return
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if not content.strip():
        yield f"{path} is empty"
