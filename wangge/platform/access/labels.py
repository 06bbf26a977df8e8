"""Data labels in both languages: a room's ``words.yaml``, and which of two words whoever is served reads."""

from __future__ import annotations

from functools import cached_property
from importlib import resources

import yaml
from django.utils.translation import get_language

Pair = tuple[str, str]
"""The Chinese word and the English one."""


class Labels:
    """The words of one room, by group and code. Raises ``KeyError`` for a group that its ``words.yaml`` doesn't have."""

    def __init__(self, package: str) -> None:
        """``package`` is the room's dotted name; its file is read when a word is first asked for."""
        self._package = package

    @cached_property
    def _groups(self) -> dict[str, dict[str, Pair]]:
        text = resources.files(self._package).joinpath("words.yaml").read_text(encoding="utf-8")
        return {
            group: {str(k): (v[0], v[1]) for k, v in rows.items()}
            for group, rows in yaml.safe_load(text).items()
        }

    def both(self, group: str, code: str) -> Pair:
        """The Chinese and the English word for a code; the code itself where it has no word."""
        return self._groups[group].get(code, (code, code))

    def ordered(self, group: str) -> list[str]:
        """The codes of a group in the order of the file."""
        return list(self._groups[group])

    def codes(self, group: str) -> frozenset[str]:
        """The codes of a group that have a word."""
        return frozenset(self._groups[group])


def in_chinese() -> bool:
    """Whether whoever is served reads Chinese."""
    return (get_language() or "zh").lower().startswith("zh")


def chosen(zh: str, en: str) -> str:
    """The one in the language of whoever is served; the Chinese one where there is no English."""
    return zh if in_chinese() else en or zh
