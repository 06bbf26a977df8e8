"""Who sits where: each account of the demo with the app that its role works in, and the sizes of that app's screens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

SIZES = {
    "console": ((1366, 768), (1920, 1080)),
    "phone": ((390, 844), (360, 640)),
    "portal": ((390, 844), (360, 640)),
}
"""Width and height in CSS pixels: what people use, the first one most."""
LANGUAGES = ("zh-Hans", "en")
THEMES = ("light", "dark")
APP_OF = {"grid_worker": "phone", "resident": "portal", "visitor": "portal"}
"""Every other role sits at the console."""
VISITOR = "visitor"


@dataclass(frozen=True)
class Seat:
    """Somebody at an app. ``name`` is the account's, or "visitor" for nobody in particular."""

    name: str
    role: str
    app: str


def seats(home: Path) -> list[Seat]:
    """Everybody who can sign in to the demo in ``home``, and a visitor of the portal."""
    said = json.loads((home / "accounts.json").read_text(encoding="utf-8"))
    known = [Seat(one["username"], one["role"], app_of(one["role"])) for one in said if one["password"]]
    return [*known, Seat(VISITOR, VISITOR, "portal")]


def app_of(role: str) -> str:
    """The app that a role works in."""
    return APP_OF.get(role, "console")


def sign_in(context: BrowserContext, address: str, username: str) -> None:
    """One click of the demo's guide, without the page: the context has the account's session afterwards.

    Raises ``RuntimeError`` where the demo knows no such account.
    """
    context.request.get(f"{address}/portal/")
    token = next(one["value"] for one in context.cookies() if one["name"] == "csrftoken")
    answer = context.request.post(
        f"{address}/demo/sign-in",
        form={"as": username, "next": "/healthz", "csrfmiddlewaretoken": token},
        headers={"Referer": f"{address}/"},
    )
    if not answer.ok:
        raise RuntimeError(f"{username} can't sign in: {answer.status}")


def speaking(language: str) -> str:
    """A script that makes every page of a context begin in this language, until somebody there chooses another."""
    return (
        "try { if (!localStorage.getItem('wangge.language')) "
        f"localStorage.setItem('wangge.language', {json.dumps(language)}) }} catch {{}}"
    )
