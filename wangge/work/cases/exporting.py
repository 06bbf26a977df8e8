"""Lists as workbooks. The list of cases carries everything that the rates are made of, and says what each column means."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from wangge.cores.tables.sheets import Sheet
from wangge.cores.tables.writing import write_xlsx
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import catalogue, responsibility_list, standing, words
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case

COLUMNS = (
    "number", "state", "state_code", "kind", "class_code", "class", "source", "area", "grid", "address", "description", "lon",
    "lat", "department", "imported", "limit", "reported_at", "filed_at", "dispatched_at", "due_at", "handled_at", "closed_at",
    "counts_at", "counts", "on_time", "reworks", "passes", "reopened",
)  # fmt: skip


def export(actor: Actor, filters: Filters) -> bytes:
    """The filtered list as xlsx (sheet 1; sheet 2 says what the columns mean). The export is on record.

    Moments are the city's wall clock in whole seconds, as they were held against the limits.
    """
    rows = scope(actor, "cases.see").rows(Case.objects.all(), area="area", department="department")
    chosen = (
        rows.filter(filters.condition(actor_id=actor.id)).select_related("of_class").defer("reporter_phone")
    )
    at = standing.moment()
    written = _Counted(
        _line(row, at) for row in chosen.order_by("reported_at", "id").iterator(chunk_size=2000)
    )
    said = ", ".join(f"{name}={value}" for name, value in filters.given().items())
    title = (
        f"{words.say('sheets', 'cases')} · {clock.local(at):%Y-%m-%d %H:%M:%S}{' · ' + said if said else ''}"
    )
    content = _workbook(
        Sheet(
            words.say("sheets", "cases"), [words.say("columns", one) for one in COLUMNS], written, title=title
        ),
        _meanings(),
    )
    with transaction.atomic():
        trail.record(
            by=actor, verb="cases.export", object_kind="cases", object_id=str(written.count),
            details={"filter": said, "rows": written.count},
        )  # fmt: skip
    return content


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


class _Counted:
    """Rows on their way into a sheet, counted."""

    def __init__(self, rows: Iterator[list[object]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[object]]:
        for row in self.rows:
            self.count += 1
            yield row


def _line(row: Case, at: datetime) -> list[object]:
    named = row.of_class
    on_time = row.handled_at <= row.due_at if row.handled_at and row.due_at else None
    counts = row.counts_at is not None and row.counts_at <= at
    return [
        row.number, words.say("states", row.state), row.state, words.say("kinds", named.kind) if named else "",
        named.code if named else "", (named.name_zh if words.in_chinese() else named.name_en or named.name_zh) if named else "",
        words.say("sources", row.source), row.area, row.grid, row.address, row.description, row.lon, row.lat, row.department,
        _yes(row.imported), row.limit, _wall(row.reported_at), _wall(row.filed_at), _wall(row.dispatched_at), _wall(row.due_at),
        _wall(row.handled_at), _wall(row.closed_at), _wall(row.counts_at), _yes(counts), "" if on_time is None else _yes(on_time),
        row.reworks, row.passes, row.reopened,
    ]  # fmt: skip


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


def _wall(moment: datetime | None) -> datetime | None:
    """The city's wall clock without a zone: a date that a spreadsheet reckons with."""
    return None if moment is None else clock.local(moment).replace(tzinfo=None)


def _yes(flag: bool) -> str:
    if words.in_chinese():
        return "是" if flag else "否"
    return "yes" if flag else "no"
