"""Which columns of a file may come in: decided before a single value is written.

A column passes when it is mapped to a registered element, the agreement in force names that element, and its name touches no
red line. Everything else is named in the receipt with the reason, and its values never reach a disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wangge.platform.elements import lint, registry
from wangge.work.hub.records import RefusedColumn


@dataclass(frozen=True)
class Admitted:
    """Columns that come in (column → element) and those that don't."""

    taken: dict[str, str]
    refused: list[RefusedColumn]


def admit(columns: Iterable[str], mapping: Mapping[str, str], agreed: Iterable[str]) -> Admitted:
    """Sort a file's columns. ``mapping`` is column → element ("" left out on purpose); ``agreed`` are the agreement's elements."""
    allowed = set(agreed)
    taken: dict[str, str] = {}
    refused: list[RefusedColumn] = []
    for column in columns:
        why = _refusal(column, mapping, allowed)
        if why is None:
            taken[column] = mapping[column]
        else:
            refused.append(why)
    return Admitted(taken, refused)


def red_line(column: str) -> RefusedColumn | None:
    """The refusal of a column whose name touches a red line, or None."""
    line = lint.check(*column.split("/"))
    return (
        RefusedColumn(column=column, code=line.concept, reason_zh=line.zh, reason_en=line.en)
        if line
        else None
    )


def _refusal(column: str, mapping: Mapping[str, str], allowed: set[str]) -> RefusedColumn | None:
    crossed = red_line(column)
    if crossed is not None:
        return crossed
    element = mapping.get(column)
    if element is None:
        return RefusedColumn(
            column=column,
            code="not_mapped",
            reason_zh="这一列没有对应到登记的数据元",
            reason_en="this column is mapped to no registered element",
        )
    if element == "":
        return RefusedColumn(
            column=column,
            code="left_out",
            reason_zh="数据专员确认不收这一列",
            reason_en="the data officer left this column out",
        )
    if element not in registry.elements():
        return RefusedColumn(
            column=column,
            code="not_registered",
            reason_zh="数据元没有登记",
            reason_en="the element is not registered",
        )
    if element not in allowed:
        return RefusedColumn(
            column=column,
            code="not_agreed",
            reason_zh="共享协议里没有这一项",
            reason_en="the agreement does not name this element",
        )
    return None
