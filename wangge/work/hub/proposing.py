"""Proposing what a department's columns hold, by their names alone. A person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import yaml
from rapidfuzz import fuzz

from wangge.platform.access.labels import chosen
from wangge.platform.elements import registry
from wangge.work.hub.records import MappedColumn

ENOUGH = 0.6


@cache
def _known_names() -> dict[str, str]:
    """Names under which departments are known to send an element: folded name → element."""
    text = resources.files(__package__).joinpath("column_names.yaml").read_text(encoding="utf-8")
    known = {_folded(name): element for element, names in yaml.safe_load(text).items() for name in names}
    for one in registry.elements().values():
        known.setdefault(_folded(one.zh), one.code)
        known.setdefault(_folded(one.en), one.code)
        known.setdefault(_folded(one.code), one.code)
    return known


def propose(columns: Iterable[str], agreed: Sequence[str]) -> list[MappedColumn]:
    """For each column the most likely agreed element, or none; an element is proposed once, where it is likeliest."""
    ranked = sorted(
        ((score, column, element) for column in columns for element, score in _scores(column, agreed)),
        reverse=True,
    )
    likeliest: dict[str, tuple[str, float]] = {}
    for score, column, element in ranked:
        if score >= ENOUGH and column not in likeliest and element not in {e for e, _ in likeliest.values()}:
            likeliest[column] = (element, score)
    return [
        MappedColumn(
            column=column,
            element=likeliest[column][0],
            confidence=round(likeliest[column][1], 2),
            reason=f"{column} ≈ {_called(likeliest[column][0])}",
        )
        if column in likeliest
        else MappedColumn(column=column, element="", confidence=0.0, reason="")
        for column in columns
    ]


def _called(element: str) -> str:
    one = registry.element(element)
    return chosen(one.zh, one.en)


def _scores(column: str, agreed: Sequence[str]) -> list[tuple[str, float]]:
    """How well a column's name fits each agreed element: exact names 1, near ones by their likeness."""
    best: dict[str, float] = {}
    levels = {_folded(column), _folded(column.rsplit("/", 1)[-1])}
    for name, element in _known_names().items():
        if element not in agreed:
            continue
        likeness = max(1.0 if level == name else 0.95 * fuzz.ratio(level, name) / 100 for level in levels)
        best[element] = max(best.get(element, 0.0), likeness)
    return list(best.items())


def _folded(name: str) -> str:
    return re.sub(r"[\s_（）()：:／/·*\-]+", "", name).casefold()
