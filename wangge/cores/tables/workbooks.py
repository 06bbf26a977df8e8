"""Room `cores.tables`: xlsx (and old xls) workbooks through calamine."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from wangge.cores.messages.said import said
from wangge.cores.tables.archives import Limits, damaged, inspect_xlsx
from wangge.cores.tables.assembling import Lines
from wangge.cores.tables.errors import refusal
from wangge.cores.tables.headers import LOOKED_AT, Merge
from wangge.cores.tables.table import nearest

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def workbook_lines(file: str, source: IO[bytes], sheet: str | None, limits: Limits, *, zipped: bool) -> Lines:
    """The lines of one sheet: the one asked for, or the first visible one that holds something."""
    workbook = _open(file, source, limits, zipped=zipped)
    chosen = _sheet(file, workbook, sheet)
    merges = [(*start, *end) for start, end in chosen.merged_cell_ranges or ()]
    offset = chosen.start[1] if chosen.start else 0
    return Lines(
        file, chosen.name, _values(chosen), _shifted(merges, offset), offset, _fill_down(merges, offset)
    )


def workbook_sheets(file: str, source: IO[bytes], limits: Limits, *, zipped: bool) -> tuple[str, ...]:
    """The names of all sheets, in the workbook's order."""
    return tuple(_open(file, source, limits, zipped=zipped).sheet_names)


def _open(file: str, source: IO[bytes], limits: Limits, *, zipped: bool) -> CalamineWorkbook:
    import python_calamine

    if zipped:
        inspect_xlsx(file, source, limits)
    try:
        with _damage_told(file):
            return python_calamine.load_workbook(source)
    except python_calamine.PasswordError as error:
        advice = said("Take the password off and send the file again.")
        raise refusal(file, "locked_file", said("a workbook without a password"), advice) from error


@contextmanager
def _damage_told(file: str) -> Iterator[None]:
    """What calamine can't read is a damaged file. At some addresses of cells it panics: a ``BaseException`` from Rust, which
    nothing above would catch, by a type that can't be imported.
    """
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        raise
    except (python_calamine.CalamineError, OSError) as error:
        raise damaged(file) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(file) from error


def _sheet(file: str, workbook: CalamineWorkbook, name: str | None) -> CalamineSheet:
    names = workbook.sheet_names
    if name is not None and name not in names:
        near = nearest(name, names)
        advice = said("The sheets are: %(names)s.", names=", ".join(names))
        if near:
            advice = said("Did you mean '%(near)s'? %(advice)s", near=near, advice=advice)
        wanted = said("a sheet '%(name)s'", name=name)
        raise refusal(file, "missing_sheet", wanted, advice, near=near, sheets=tuple(names))
    visible = [m.name for m in workbook.sheets_metadata if str(m.visible).endswith("Visible")] or names
    with _damage_told(file):
        for candidate in [name] if name else visible:
            found = workbook.get_sheet_by_name(candidate)
            if name or found.start is not None:
                return found
    raise refusal(file, "empty_file", said("a header and rows"), said("The file is empty: send it again."))


def _values(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    return iter(sheet.iter_rows()) if sheet.start is not None else iter(())


def _shifted(merges: list[Merge], offset: int) -> list[Merge]:
    near = (merge for merge in merges if merge[0] < LOOKED_AT and merge[3] >= offset)
    return [(top, max(0, left - offset), bottom, right - offset) for top, left, bottom, right in near]


def _fill_down(merges: list[Merge], offset: int) -> dict[int, list[tuple[int, int]]]:
    """For each line (from 0): the columns to fill from above, each with the line its value stands in."""
    fill: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for top, left, bottom, _ in itertools.islice(merges, 1_000_000):
        if bottom > top and left >= offset:
            for line in range(top, bottom + 1):
                fill[line].append((left - offset, top))
    return dict(fill)
