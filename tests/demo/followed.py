"""Run on its own, in the home of a demo: open the guide in both languages, and follow each step's links as its account.

Prints a JSON object: ``pages`` (the HTML by language) and ``steps`` (path and what it answers, list,
account, the figure shown, the length of the list).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path


def main(home: Path) -> dict[str, object]:
    """Everything at one moment: what is left of a limit must not change between two of the questions."""
    import django

    django.setup()
    from wangge.platform.clock import clock

    with clock.moved(clock.now()):
        return {"pages": pages(), "steps": [one for english in (False, True) for one in steps(home, english)]}


def pages() -> dict[str, str]:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    return {language: client.get(f"/?language={language}").content.decode() for language in ("zh", "en")}


def steps(home: Path, english: bool) -> Iterator[dict[str, object]]:
    from django.utils import translation

    from wangge.entry.demo import accounts
    from wangge.entry.demo.guide import Guide
    from wangge.entry.demo.guiding.stories import ONE_BENEFIT, ONE_PROBLEM, POSTS

    with translation.override("en" if english else "zh-hans"):
        guide = Guide(accounts.read(home), english=english)
        shown = [guide.shown(0, one) for one in (*ONE_PROBLEM.steps, *ONE_BENEFIT.steps, *POSTS)]
    for one in shown:
        said = {
            "path": one.step.path,
            "list": one.step.list,
            "opens": opens(one.onward),
            "why": one.why,
            "language": "en" if english else "zh",
        }
        if one.account is not None and one.sight is not None:
            said |= {"line": one.sight.line, "example": one.sight.example, "figure": one.sight.figure}
            said |= {"account": one.account.username, "length": length(one.account.username, one.step.list)}
        yield said


def opens(path: str) -> int:
    """What the address of the step's page answers."""
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1").get(path).status_code


def length(username: str, path: str) -> int:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from wangge.entry.demo.check.run import BACKEND

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=username), backend=BACKEND)
    body = client.get(path).json()
    return len(body) if isinstance(body, list) else body["total"]


if __name__ == "__main__":
    os.environ.update(WANGGE_HOME=sys.argv[1], WANGGE_DEMO="1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.entry.site.settings")
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
