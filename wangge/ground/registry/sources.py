"""Who said what of a person, beside the facts: the compact array of ``Person.sources``.

A JSON array of groups, ``[voice, ref, first, last, "name", "sex", "phone=v1:9f3a61c2d0ab"]``: this voice said these elements
from ``first`` to ``last`` (seconds since 1970), last in the link (a department's row) or observation ``ref``. A bare code
means the value that stands; ``=`` a token of another value. It is no bag about a person: it holds registered element codes
and references, never a value, and the field refuses anything else.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.db import models

from wangge.ground.registry.statements import HELD, Statement
from wangge.platform.elements.registry import UnknownElement, elements

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""The column's way of writing JSON."""

Said = dict[str, tuple[Statement, ...]]
"""Element code → what the voices said of it."""


def read(text: str, only: Container[str] | None = None) -> Said:
    """What stands in the column (of some elements only)."""
    said: dict[str, list[Statement]] = {}
    for voice, ref, first, last, *items in json.loads(text):
        for item in items:
            code, _, token = item.partition("=")
            if only is None or code in only:
                said.setdefault(code, []).append(Statement(voice, token or HELD, first, last, ref))
    return {code: tuple(ones) for code, ones in said.items()}


def written(said: Mapping[str, Iterable[Statement]]) -> str:
    """The column's text, the same for the same statements. Raises ``UnknownElement``."""
    groups: dict[tuple[str, int, int, int], list[str]] = {}
    known = elements()
    for code, ones in said.items():
        if code not in known:
            raise UnknownElement(code)
        for voice, token, first, last, ref in ones:
            groups.setdefault((voice, ref, first, last), []).append(f"{code}={token}" if token else code)
    rows = [[*group, *sorted(items)] for group, items in sorted(groups.items())]
    return compact(rows)


def contested(text: str) -> bool:
    """Whether anybody ever said something else than what stands, of any element."""
    return "=" in text


class SourcesField(models.TextField):
    """The column; it takes only what ``written`` can write."""

    description = "Registered elements with references to what supplies them"

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Refuse what is no array of references to registered elements."""
        if isinstance(value, str) and value != "[]":
            for group in _groups(value):
                if not _is_group(group):
                    raise ValueError(f"sources holds references of registered elements only, not {group!r}")
        return super().get_prep_value(value)


def _groups(text: str) -> list[Any]:
    rows = json.loads(text)
    return rows if isinstance(rows, list) else [rows]


def _is_group(group: Any) -> bool:  # noqa: ANN401 - anything at all
    if (
        not isinstance(group, list)
        or len(group) < 5
        or [type(one) for one in group[:4]] != [str, int, int, int]
    ):
        return False
    return all(isinstance(item, str) and item.partition("=")[0] in elements() for item in group[4:])
