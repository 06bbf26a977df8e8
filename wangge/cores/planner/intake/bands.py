"""How many households the grids of each community are to hold: a sheet of communities, their types or their own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.checking import MOST_HOUSEHOLDS, Checks
from wangge.cores.planner.intake.shapes import Source

if TYPE_CHECKING:
    from wangge.cores.tables.table import Table

Band = tuple[int, int]
ORDINARY, COMMERCIAL, RURAL = "普通", "商业", "农村"
# Starting values of ours, no standard's: a city overrides them with a row for the type. Ordinary is the command's own band.
TYPES: Mapping[str, Band] = {COMMERCIAL: (200, 400), RURAL: (100, 300)}
_WORDS = {
    ORDINARY: ORDINARY, "ordinary": ORDINARY, COMMERCIAL: COMMERCIAL, "commercial": COMMERCIAL,
    RURAL: RURAL, "rural": RURAL, "": "",
}  # fmt: skip
_COLUMNS = {"community": "社区", "type": "类型", "low": "下限", "high": "上限"}


class Bands:
    """A sheet with the columns community, type, low, high (社区, 类型, 下限, 上限).

    A row with a community gives it a type, or numbers of its own, which count before the type's; a row with a type alone
    changes that type's numbers.

    :raises TableError: naming every bad row.
    """

    def __init__(self, source: Source, ordinary: Band) -> None:
        from wangge.cores.tables.reading import read_table

        table = read_table(source.path, sheet=source.layer)
        self._checks = checks = Checks(table)
        names = {english: _column(table, english, chinese) for english, chinese in _COLUMNS.items()}
        self._community = _texts(checks, names["community"])
        self._name = names["community"]
        kinds = [text.lower() for text in _texts(checks, names["type"])]
        ends = [_numbers(checks, names[end], len(table)) for end in ("low", "high")]
        self._refuse_wrong(names, kinds, *ends)
        checks.finish()
        self._types = {ORDINARY: ordinary, **TYPES}
        self._own: dict[str, Band | None] = {}
        self._kind: dict[str, str] = {}
        for community, kind, low, high in zip(self._community, kinds, *ends, strict=True):
            band = (int(low), int(high)) if np.isfinite(low) else None
            if community:
                self._own[community], self._kind[community] = band, _WORDS[kind]
            elif band:
                self._types[_WORDS[kind]] = band

    def of(self, communities: Iterable[str]) -> dict[str, Band]:
        """By community: least and most households of a grid; nothing for a community that has the command's band.

        :raises TableError: for communities of the sheet in which no building is.
        """
        there = set(communities)
        lost = [i for i, name in enumerate(self._community) if name and name not in there]
        expected, advice = (
            said("a community that has buildings"),
            said("Correct the name, or take the row out."),
        )
        if self._name:
            self._checks.refuse(self._name, lost, "unknown_community", expected, advice)
            self._checks.finish()
        ordinary = self._types[ORDINARY]
        return {
            name: self._own.get(name) or self._types.get(self._kind.get(name, ""), ordinary) for name in there
        }

    def _refuse_wrong(
        self, names: Mapping[str, str | None], kinds: Sequence[str], low: np.ndarray, high: np.ndarray
    ) -> None:
        checks, both, any_end = (
            self._checks,
            np.isfinite(low) & np.isfinite(high),
            ~(np.isnan(low) & np.isnan(high)),
        )
        unknown = [i for i, kind in enumerate(kinds) if kind not in _WORDS]
        expected = said("普通, 商业 or 农村 (ordinary, commercial, rural)")
        checks.refuse(names["type"] or "", unknown, "no_type", expected, said("Correct the type."))
        where = names["low"] or names["high"] or names["type"] or names["community"] or ""
        wrong = np.flatnonzero(any_end & ~both | both & (low > high))
        advice = said("Give both numbers, the smaller one first.")
        checks.refuse(where, wrong, "no_band", said("the least and the most households of a grid"), advice)
        idle = [
            i for i, (name, kind, known) in enumerate(zip(self._community, kinds, any_end, strict=True))
            if not (known and (name or kind)) and not (name and kind)
        ]  # fmt: skip
        checks.refuse(
            where,
            idle,
            "no_band",
            said("a community with a type or two numbers, or a type with two numbers"),
            said("Fill the boxes in."),
        )
        seen: set[tuple[str, str]] = set()
        keys = [
            (name, "" if name else _WORDS.get(kind, kind))
            for name, kind in zip(self._community, kinds, strict=True)
        ]
        twice = [i for i, key in enumerate(keys) if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
        column = names["community"] or names["type"] or ""
        checks.refuse(
            column, twice, "repeated", said("every value once"), said("Give each row a value of its own.")
        )


def _column(table: Table, english: str, chinese: str) -> str | None:
    return next((name for name in table.columns if name.lower() in (english, chinese)), None)


def _texts(checks: Checks, name: str | None) -> list[str]:
    return [""] * len(checks.table) if name is None else checks.column(name)


def _numbers(checks: Checks, name: str | None, n: int) -> np.ndarray:
    if name is None:
        return np.full(n, np.nan)
    values = checks.numbers(name, least=1, most=MOST_HOUSEHOLDS, optional=True)
    return np.floor(values)
