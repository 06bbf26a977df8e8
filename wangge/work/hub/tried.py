"""What a dry run tells: the sheet as it is, how many rows would do what, some of the values that would change, what is wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, zip_longest
from typing import NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from wangge.cores.messages.said import unpacked
from wangge.cores.tables.boxes import letters
from wangge.cores.tables.errors import RowError
from wangge.cores.tables.previewing import Preview
from wangge.cores.tables.table import Table
from wangge.ground.registry.parts import line_of, row_and_part
from wangge.ground.registry.queries import Foreseen
from wangge.platform.access.labels import chosen
from wangge.platform.access.masks import mask
from wangge.platform.access.saying import translated
from wangge.platform.elements.registry import element as registered
from wangge.work.hub.columns_in import Admitted
from wangge.work.hub.linking import Met
from wangge.work.hub.receiving import ROW, sent_as
from wangge.work.hub.records import ElementTried, FaultTried, FileTried, RowsTried, ValueRead, ValueTried
from wangge.work.hub.sheets import masked, shown_sheet

SHOWN = 20
"""Values that are shown of those that would change, and of those that are read otherwise than they stand."""
FAULTS = 100
T = TypeVar("T")
Sent = tuple[int, str, str, str, str | None]
"""Row, column, element, what was sent, what was read of it."""


class Tried(NamedTuple):
    """A file as it was read for a try. ``raw`` and ``standard`` are what its batches would hold; neither is written."""

    table: Table
    seen: Preview | None
    admitted: Admitted
    second: frozenset[str]
    raw: pa.Table
    standard: pa.Table = pa.table({})
    faults: Sequence[Mapping[str, object]] = ()

    @property
    def letters(self) -> dict[str, str]:
        """Column → its letter in the sheet, where the file has letters."""
        if self.seen is None:
            return {}
        return {name: letters(i + self.seen.offset) for i, name in enumerate(self.seen.columns)}


def told(feed: str, read: Tried, met: Met, foreseen: Sequence[Foreseen]) -> FileTried:
    """All that a dry run says, values masked."""
    where, readings = read.letters, list(_readings(read))
    column_of = {
        (element, 2 if column in read.second else 1): column
        for column, element in read.admitted.taken.items()
    }
    return FileTried(
        feed=feed,
        file_name=read.table.file,
        rows=len(read.table),
        tried=read.raw.num_rows,
        counts=_rows(read, met, foreseen),
        elements=_elements(read, met, foreseen),
        changes=[_change(one, column_of, where) for one in _changing(foreseen)],
        readings=[_reading(one, read, where) for one in _some(readings, lambda one: one[2])],
        reading_total=len(readings),
        faults=_faults(read, where)[:FAULTS],
        fault_total=len(read.faults),
        left_out=[one.row for one in read.table.left_out[:FAULTS]],
        refused=read.admitted.refused,
        sheet=read.seen and shown_sheet(read.seen, read.admitted.taken, frozenset(read.table.columns)),
        delivered_before=False,
    )


def _rows(read: Tried, met: Met, foreseen: Iterable[Foreseen]) -> RowsTried:
    """How many rows do what, each counted once: by the most that any of its persons does."""
    moving = {row_and_part(one.line)[0] for one in foreseen if one.verdict != "same"}
    fresh = _numbers(met.linked.filter(met.linked.column("new")).column(ROW).to_pylist())
    there, linked = (_numbers(table.column(ROW).to_pylist()) for table in (read.standard, met.linked))
    unsure = _numbers(map(int, met.found.unsure.column("record").to_pylist()))
    wrong = {one["row"] for one in read.faults}
    return RowsTried(
        new=len(fresh),
        changed=len(moving - fresh),
        same=len(linked - fresh - moving),
        refused=read.raw.num_rows - len(there),
        unlinked=len(there - linked),
        unsure=len(unsure & there),
        faulty=len(wrong),
    )


def _numbers(lines: Iterable[int]) -> set[int]:
    return {row_and_part(line)[0] for line in lines}


def _elements(read: Tried, met: Met, foreseen: Iterable[Foreseen]) -> list[ElementTried]:
    counted = Counter((one.element, one.verdict) for one in foreseen)
    wrong = Counter(one["column"] for one in read.faults)
    fresh = met.linked.filter(met.linked.column("new")).column(ROW).combine_chunks()
    added = read.standard.filter(pc.is_in(read.standard.column(ROW), value_set=fresh))
    columns: dict[str, list[str]] = defaultdict(list)
    for column, code in read.admitted.taken.items():
        columns[code].append(column[:120])
    return [
        ElementTried(
            element=code,
            new=counted[code, "new"] + (_filled(added.column(code)) if code in added.column_names else 0),
            changed=counted[code, "changed"],
            same=counted[code, "same"],
            kept=counted[code, "kept"],
            refused=sum(wrong[column] for column in theirs),
        )
        for code, theirs in columns.items()
    ]


def _filled(values: pa.ChunkedArray) -> int:
    return len(values) - values.null_count


def _changing(foreseen: Sequence[Foreseen]) -> list[Foreseen]:
    """At most twenty changes, some of every element; where nothing changes, some that are new."""
    changing = [one for one in foreseen if one.verdict in ("changed", "kept")]
    return _some(changing or [one for one in foreseen if one.verdict == "new"], lambda one: one.element)


def _some(ones: Iterable[T], kind: Callable[[T], str]) -> list[T]:
    """At most twenty in their order, taken from each kind in turn."""
    by_kind: dict[str, list[tuple[int, T]]] = defaultdict(list)
    for place, one in enumerate(ones):
        if len(by_kind[kind(one)]) < SHOWN:
            by_kind[kind(one)].append((place, one))
    turns = (one for turn in zip_longest(*by_kind.values()) for one in turn if one is not None)
    return [one for _place, one in sorted(islice(turns, SHOWN), key=lambda placed: placed[0])]


def _change(one: Foreseen, column_of: Mapping[tuple[str, int], str], where: Mapping[str, str]) -> ValueTried:
    row, part = row_and_part(one.line)
    column = column_of.get((one.element, part), "")
    return ValueTried(
        row=row, letter=where.get(column, ""), column=column, element=one.element, verdict=one.verdict,
        old=_word(one.element, one.held), new=_word(one.element, one.offered), alike=one.alike,
    )  # fmt: skip


def _word(code: str, value: str | None) -> str | None:
    """A masked value as people read it: a choice by its word, yes and no as such."""
    element = registered(code)
    named = {choice: chosen(zh, en) for choice, zh, en in element.choices}
    if element.kind == "yes_no":
        named = {"yes": chosen("是", "yes"), "no": chosen("否", "no")}
    return named.get(value, value) if value is not None else None


def _readings(read: Tried) -> Iterator[Sent]:
    """Values that would be kept otherwise than they stand in the sheet, or not at all."""
    lines = {line: at for at, line in enumerate(read.standard.column(ROW).to_pylist())}
    numbers = read.raw.column(ROW).to_pylist()
    for column, code in read.admitted.taken.items():
        second = column in read.second
        if code not in read.standard.column_names:
            continue
        kept = read.standard.column(code).to_pylist()
        sent = read.raw.column(sent_as(code, second=second)).to_pylist()
        for row, text in zip(numbers, sent, strict=True):
            at = lines.get(line_of(row, 2 if second else 1))
            if text and at is not None and (value := _text(kept[at])) != text:
                yield row, column, code, text, value


def _reading(one: Sent, read: Tried, where: Mapping[str, str]) -> ValueRead:
    row, column, code, text, value = one
    return ValueRead(
        row=row, letter=where.get(column, ""), column=column, element=code, sent=masked(code, text),
        read=_word(code, None if value is None else str(mask(code, value))),
    )  # fmt: skip


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _faults(read: Tried, where: Mapping[str, str]) -> list[FaultTried]:
    """What is wrong, where, what was expected and what to do; never the value itself."""
    ours = [
        RowError(
            read.table.file, read.table.sheet, int(str(one["row"])), str(one["column"]), None, str(one["code"]),
            unpacked(str(one["expected"])), unpacked(str(one["advice"])),
        )
        for one in read.faults
    ]  # fmt: skip
    return [
        FaultTried(
            sheet=one.sheet or "", row=one.row, letter=where.get(one.column or "", ""), column=one.column or "",
            code=one.code, expected=translated(one.expected), advice=translated(one.advice),
        )
        for one in sorted(ours, key=lambda one: (one.row or 0, one.column or ""))
    ]  # fmt: skip
