"""Lists as workbooks. The list of cases carries everything that the rates are made of, and says what each column means."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from wangge.cores.tables.sheets import Sheet
from wangge.cores.tables.writing import write_xlsx
from wangge.platform.access import workbooks
from wangge.platform.access.scope import scope
from wangge.platform.access.workbooks import Column
from wangge.platform.audit.actor import Actor
from wangge.work.cases import catalogue, responsibility_list, standing, words
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case

COLUMNS: dict[str, Callable[[Case, datetime], object]] = {
    "number": lambda row, at: row.number,
    "state": lambda row, at: words.say("states", row.state),
    "state_code": lambda row, at: row.state,
    "kind": lambda row, at: words.say("kinds", row.of_class.kind) if row.of_class else "",
    "class_code": lambda row, at: row.of_class.code if row.of_class else "",
    "class": lambda row, at: words.chosen(row.of_class.name_zh, row.of_class.name_en) if row.of_class else "",
    "source": lambda row, at: words.say("sources", row.source),
    "area": lambda row, at: row.area,
    "grid": lambda row, at: row.grid,
    "address": lambda row, at: row.address,
    "description": lambda row, at: row.description,
    "lon": lambda row, at: row.lon,
    "lat": lambda row, at: row.lat,
    "department": lambda row, at: row.department,
    "imported": lambda row, at: row.imported,
    "limit": lambda row, at: row.limit,
    "reported_at": lambda row, at: row.reported_at,
    "filed_at": lambda row, at: row.filed_at,
    "dispatched_at": lambda row, at: row.dispatched_at,
    "due_at": lambda row, at: row.due_at,
    "handled_at": lambda row, at: row.handled_at,
    "closed_at": lambda row, at: row.closed_at,
    "counts_at": lambda row, at: row.counts_at,
    "counts": lambda row, at: row.counts_at is not None and row.counts_at <= at,
    "on_time": lambda row, at: row.handled_at <= row.due_at if row.handled_at and row.due_at else None,
    "reworks": lambda row, at: row.reworks,
    "passes": lambda row, at: row.passes,
    "reopened": lambda row, at: row.reopened,
}
"""What the list of cases tells, by the codes under which ``words.yaml`` names the columns."""


def export(actor: Actor, filters: Filters) -> bytes:
    """The filtered list as xlsx (sheet 1; sheet 2 says what the columns mean). The export is on record.

    Moments are the city's wall clock in whole seconds, as they were held against the limits.
    """
    rows = scope(actor, "cases.see").rows(Case.objects.all(), area="area", department="department")
    chosen = (
        rows.filter(filters.condition(actor_id=actor.id)).select_related("of_class").defer("reporter_phone")
    )
    at = standing.moment()
    book = workbooks.workbook(
        words.say("sheets", "cases"),
        [Column(words.say("columns", code), _at(of, at)) for code, of in COLUMNS.items()],
        chosen.order_by("reported_at", "id").iterator(chunk_size=2000),
        filters=filters.given(),
        more=[_meanings()],
    )
    return workbooks.export(book, by=actor, verb="cases.export", of="cases")


def _at(of: Callable[[Case, datetime], object], at: datetime) -> Callable[[Case], object]:
    return lambda row: of(row, at)


def export_classes(actor: Actor) -> bytes:
    """The catalogue as it can be loaded again, a filing rule a row."""
    header = [called[0] for called in catalogue.COLUMNS.values()]
    rows = [
        [words.both("kinds", c.kind)[0], c.code[1:3], c.big_zh, c.big_en, c.code[3:5], c.name_zh, c.name_en, r.filing,
         r.closing, r.limit, "是" if r.photo_required else "否"]
        for c in catalogue.classes(actor) for r in c.rules
    ]  # fmt: skip
    return _workbook(Sheet(words.say("sheets", "classes"), header, rows))


def export_responsibilities(actor: Actor) -> bytes:
    """The responsibility list as it can be loaded again."""
    header = [called[0] for called in responsibility_list.COLUMNS.values()]
    rows = [
        [r.class_code, r.area, r.department, r.clause] for r in responsibility_list.responsibilities(actor)
    ]
    return _workbook(Sheet(words.say("sheets", "responsibilities"), header, rows))


def _meanings() -> Sheet:
    header = [words.say("columns", one) for one in ("column", "code", "meaning")]
    known = words.codes("meanings")
    rows = [
        [words.say("columns", one), one, words.say("meanings", one) if one in known else ""]
        for one in COLUMNS
    ]
    return Sheet(words.say("sheets", "meanings"), header, rows)


def _workbook(*sheets: Sheet) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, sheets)
    return target.getvalue()
