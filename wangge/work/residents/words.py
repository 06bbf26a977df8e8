"""What residents read instead of codes: data labels in both languages, from ``words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

Pair = tuple[str, str]


@cache
def _words() -> dict[str, dict[str, Pair]]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {
        group: {str(k): (v[0], v[1]) for k, v in rows.items()} for group, rows in yaml.safe_load(text).items()
    }


def both(group: str, code: str) -> Pair:
    """The Chinese and the English word for a code; the code itself where it has no word."""
    return _words()[group].get(code, (code, code))


def known(group: str, code: str) -> bool:
    """Whether a code has a word."""
    return code in _words()[group]
