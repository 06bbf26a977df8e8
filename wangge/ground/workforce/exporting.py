"""The roster and who is on duty as workbooks; telephones masked, as the lists show them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wangge.ground.workforce import queries, shown
from wangge.ground.workforce.queries import RosterFilters
from wangge.ground.workforce.records import DutyRecord, GridOnDuty, RosterLine
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

AT_ONCE = 500


def roster(actor: Actor, filters: RosterFilters) -> bytes:
    """The filtered workers with their duties as xlsx."""
    columns: list[Column[RosterLine]] = [
        Column(_("Name"), lambda one: one.worker.name),
        Column(_("Kind"), lambda one: _kind(one.worker.kind)),
        Column(_("Community"), lambda one: one.worker.community),
        Column(_("Telephone"), lambda one: one.worker.phone),
        Column(_("Duties"), lambda one: "; ".join(_duty(held) for held in one.duties)),
        Column(_("Grids now"), lambda one: one.grids),
    ]
    book = workbook(_("Roster"), columns, _lines(actor, filters), filters=filters.given())
    return export(book, by=actor, verb="workforce.export", of="roster")


def cover(actor: Actor, *, prefix: str = "", open_only: bool = False) -> bytes:
    """The grids with whoever is on duty there as xlsx."""
    columns: list[Column[GridOnDuty]] = [
        Column(_("Grid"), lambda one: one.grid),
        Column(_("On duty"), lambda one: one.worker.name if one.worker else _("nobody")),
        Column(_("Telephone"), lambda one: one.worker.phone if one.worker else ""),
    ]
    codes = queries.covered(actor, prefix=prefix, open_only=open_only)
    rows = (one for some in _batches(codes) for one in shown.with_duty(some))
    asked = {"prefix": prefix, "open_only": open_only or None}
    book = workbook(_("On duty"), columns, rows, filters=asked)
    return export(book, by=actor, verb="workforce.export_cover", of="cover")


def _lines(actor: Actor, filters: RosterFilters) -> Iterator[RosterLine]:
    rows = queries.listed(actor, filters)
    for start in range(0, rows.count(), AT_ONCE):
        yield from shown.lines(list(rows[start : start + AT_ONCE]))


def _batches(codes: list[str]) -> Iterator[list[str]]:
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))


def _kind(code: str) -> str:
    return {"full_time": _("full time"), "part_time": _("part time"), "micro": _("micro grid helper")}.get(
        code, code
    )


def _duty(held: DutyRecord) -> str:
    until = f"{clock.local(held.to_at):%Y-%m-%d}" if held.to_at else ""
    kind = _("stands in") if held.kind == "substitute" else _("in charge")
    return f"{held.grid} {kind} {clock.local(held.from_at):%Y-%m-%d} – {until}".rstrip(" –")
