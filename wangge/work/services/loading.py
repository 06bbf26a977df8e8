"""Loading a sheet of programmes: programmes, dated versions, what they may read, and their place on the published list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.cores.tables.errors import RowError, TableError
from wangge.cores.tables.reading import read_table
from wangge.cores.tables.table import Table
from wangge.platform.access import allowances
from wangge.platform.access import queries as access
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.services import tasks
from wangge.work.services.declaring import admission, holder, readable, spans
from wangge.work.services.models import Programme, Version
from wangge.work.services.records import LoadedProgramme, ProgrammesLoaded
from wangge.work.services.sheet import COLUMNS, ProgrammeRow, read
from wangge.work.todos import actions as todos

FIELDS = (
    "to_on", "mode", "kind", "basis", "purpose", "rule", "elements", "asks", "minutes", "due_days", "decline_days",
    "again_days",
)  # fmt: skip
"""What makes a version what it is, beside its programme and first day."""


def load_programmes(*, file: IO[bytes] | bytes, name: str, by: Actor) -> ProgrammesLoaded:
    """Add programmes, or dated versions of them, from one sheet; the people they concern are screened by a task of its own.

    A row whose programme and first day are known already corrects that version (the old one is kept, replaced); the same again
    changes nothing. Nothing is written unless every row is good: raises ``TableError`` naming file, sheet, row and column.
    """
    within = scope(by, "services.manage")
    content = file if isinstance(file, bytes) else file.read()
    table = read_table(content, name=PurePath(name).name)
    departments = access.departments(by)
    known = {d.name_zh: d.code for d in departments} | {d.code: d.code for d in departments}
    rows = read(table, known)
    _theirs(table, rows, within)
    with transaction.atomic():
        done = [_load(row, by) for row in rows]
        touched = sorted({one.code for one in done if one.did != "unchanged"})
        for code in touched:
            _publish(Programme.objects.get(code=code), by)
            tasks.screen_programme.enqueue(code)
    return ProgrammesLoaded(programmes=done)


def _theirs(table: Table, rows: Sequence[ProgrammeRow], within: Scope) -> None:
    """A clerk loads her own department's programmes, and takes over nobody else's."""
    now = dict(Programme.objects.values_list("code", "department"))
    wrong: list[RowError] = []
    for row in rows:
        if not all(within.covers(department=d) for d in {row.department, now.get(row.code, row.department)}):
            column = next((c for c in COLUMNS["department"] if c in table.columns), "department")
            wrong.append(
                RowError(
                    table.file, table.sheet, row.row, column, row.department, "not_your_department",
                    _("a programme of your own department"), _("Ask the department or the data officer to load it."),
                )
            )  # fmt: skip
    if wrong:
        raise TableError(wrong)


def _load(row: ProgrammeRow, by: Actor) -> LoadedProgramme:
    called = {"name_zh": row.name_zh, "name_en": row.name_en, "department": row.department}
    programme, fresh = Programme.objects.get_or_create(code=row.code, defaults=called)
    renamed = not fresh and any(getattr(programme, k) != v for k, v in called.items())
    if renamed:
        Programme.objects.filter(pk=programme.pk).update(**called)
    said: dict[str, Any] = {field: getattr(row, field) for field in FIELDS}
    old = Version.objects.filter(programme=programme, from_on=row.from_on, replaced=False).first()
    same = old is not None and all(getattr(old, field) == value for field, value in said.items())
    did = "added" if fresh else "new_version" if old is None else "corrected"
    if same and not renamed:
        return LoadedProgramme(code=row.code, from_on=row.from_on, did="unchanged", row=row.row)
    if not same:
        if old is not None:
            Version.objects.filter(pk=old.pk).update(replaced=True)
        Version.objects.create(
            programme=programme, from_on=row.from_on, loaded_at=clock.now(), loaded_by=by.id, **said
        )
    trail.record(
        by=by, verb="services.load_programme", object_kind="programme", object_id=row.code,
        details={
            "did": did, "department": row.department, "from": row.from_on.isoformat(), "mode": row.mode,
            "to": row.to_on.isoformat() if row.to_on else None, "elements": row.elements,
        },
    )  # fmt: skip
    return LoadedProgramme(code=row.code, from_on=row.from_on, did=did, row=row.row)


def _publish(programme: Programme, by: Actor) -> None:
    """Write down what the programme may read and when, and put it on the list of what may be asked of a grid."""
    dated = spans(list(programme.versions.filter(replaced=False)))
    allowances.end(kind="programme", reference=programme.code)
    reading: dict[tuple[date, date | None, str], set[str]] = defaultdict(set)
    for version, last in dated:
        reading[version.from_on, last, version.purpose] |= set(readable(version))
    for (first, last, purpose), elements in reading.items():
        allowances.allow(
            kind="programme", reference=programme.code, holder=holder(programme.code), elements=elements,
            purpose=purpose, from_at=_begin(first), until=_begin(last + timedelta(days=1)) if last else None,
        )  # fmt: skip
    newest, last = dated[-1]
    todos.admit(
        code=admission(programme.code), kind=newest.kind, department=programme.department, name_zh=programme.name_zh,
        name_en=programme.name_en, basis=newest.basis, minutes=newest.minutes, invited=newest.mode == "by_telephone",
        from_on=dated[0][0].from_on, to_on=last, by=by,
    )  # fmt: skip


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.city_zone())
