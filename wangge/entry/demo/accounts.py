"""The demo's accounts: who can sign in, with passwords that were made at random when this demo was built.

They are kept in the demo's folder with mode 0600, so that a warm start can print them again and one click can sign in.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "accounts.json"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the demo. Without a ``password`` nobody can sign in as them: they only play their part."""

    username: str
    password: str
    role: str
    name: str
    area: str
    department: str
    user: str
    worker: str = ""


def write(home: Path, accounts: list[Account]) -> None:
    """Keep them, readable by the owner only."""
    text = json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=1)
    path = home / FILE
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def read(home: Path) -> list[Account]:
    """Those who can sign in, in the order in which they are shown."""
    said = json.loads((home / FILE).read_text(encoding="utf-8"))
    return [Account(**one) for one in said if one["password"]]
