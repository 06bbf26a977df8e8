"""Lists that leave the house as workbooks: one way to write them, and a row in the trail for each.

A list hands over the rows of its own query, in its own order, and a column for each thing that it tells: what a list masks,
its file masks too, since both read the same records. Rows are written as they come; a file of a million cases is never held.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from wangge.cores.tables.sheets import Sheet
from wangge.cores.tables.writing import write_xlsx
from wangge.platform.access.labels import chosen
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

Row = TypeVar("Row")
SEARCHED = frozenset({"text", "search"})
"""Fields of a filter into which people write names: the trail says that they narrowed, never to what."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A heading in the reader's language, and what stands under it for one row."""

    head: str
    of: Callable[[Row], object]


@dataclass(frozen=True)
class Book:
    """A workbook, how many rows its list has, and the filter in words that may stand in the trail."""

    content: bytes
    rows: int
    filter: str


def workbook(
    name: str, columns: Sequence[Column[Row]], rows: Iterable[Row], *, filters: Mapping[str, object] | None = None,
    titled: bool = True, more: Sequence[Sheet] = (),
) -> Book:  # fmt: skip
    """The rows as xlsx under their headings; ``more`` are sheets behind. The title names the list, the moment and the filter.

    Moments become the city's wall clock in a form that a spreadsheet reckons with, yes and no words. ``titled=False`` leaves
    the first line out, for files that another system reads.
    """
    given = {field: value for field, value in (filters or {}).items() if value not in (None, "")}
    said = ", ".join(f"{field}={value}" for field, value in given.items())
    title = f"{name} · {clock.local(clock.now()):%Y-%m-%d %H:%M:%S}{' · ' + said if said else ''}"
    counted = _Counted(rows)
    lines = ([cell(column.of(row)) for column in columns] for row in counted)
    sheet = Sheet(name, [column.head for column in columns], lines, title=title if titled else None)
    target = io.BytesIO()
    write_xlsx(target, [sheet, *more])
    kept = ", ".join(f"{field}={'…' if field in SEARCHED else value}" for field, value in given.items())
    return Book(target.getvalue(), counted.count, kept)


def export(book: Book, *, by: Actor, verb: str, of: str, which: str = "") -> bytes:
    """The workbook to hand out, with its row in the trail: who, which list (``of``; of what: ``which``), filter, how many rows.

    Where persons are named in it, the caller writes their looks in the same transaction.
    """
    with transaction.atomic():
        trail.record(
            by=by, verb=verb, object_kind=of, object_id=which or str(book.rows),
            details={"filter": book.filter, "rows": book.rows},
        )  # fmt: skip
    return book.content


def cell(value: object) -> object:
    """A value as a box holds it."""
    if isinstance(value, bool):
        return chosen("是", "yes") if value else chosen("否", "no")
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None)
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return "" if value is None else value


class _Counted(Generic[Row]):
    """Rows on their way into a sheet, counted."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row
