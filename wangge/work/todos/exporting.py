"""The inbox and the published list as workbooks: the rows of the lists, under what the lists tell."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access import queries as access
from wangge.platform.access.labels import chosen
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor
from wangge.work.todos import queries
from wangge.work.todos.filters import Filters
from wangge.work.todos.records import AdmissionRecord, TodoLine


def todos(actor: Actor, filters: Filters) -> bytes:
    """The to-dos of a filter as xlsx, the most urgent first, told as the list tells them."""
    named, tell = access.department_words(actor), queries.teller(actor)
    columns: list[Column[TodoLine]] = [
        Column(_("To-do"), lambda one: chosen(one.title_zh, one.title_en)),
        Column(_("Reason"), lambda one: chosen(one.reason_zh, one.reason_en)),
        Column(_("Grid"), lambda one: one.grid),
        Column(_("Department"), lambda one: named.get(one.department, one.department)),
        Column(_("State"), lambda one: _state(one.state)),
        Column(_("Overdue"), lambda one: one.overdue),
        Column(_("Asked at"), lambda one: one.created_at),
        Column(_("Not before"), lambda one: one.not_before),
        Column(_("Due at"), lambda one: one.due_at),
        Column(_("Ended at"), lambda one: one.settled_at),
        Column(_("Outcome"), _outcome),
        Column(_("Minutes expected"), lambda one: one.minutes_expected),
    ]
    rows = (tell(row) for row in queries.listed(actor, filters).iterator(chunk_size=2000))
    book = workbook(_("To-dos"), columns, rows, filters=filters.given())
    return export(book, by=actor, verb="todos.export", of="todos")


def admissions(actor: Actor, *, department: str = "") -> bytes:
    """The published list of what may be asked of a grid, as xlsx."""
    named = access.department_words(actor)
    columns: list[Column[AdmissionRecord]] = [
        Column(_("Matter"), lambda one: chosen(one.name_zh, one.name_en)),
        Column(_("Code"), lambda one: one.code),
        Column(_("Kind"), lambda one: one.kind),
        Column(_("Department"), lambda one: named.get(one.department, one.department)),
        Column(_("Basis"), lambda one: one.basis),
        Column(_("Minutes"), lambda one: one.minutes),
        Column(_("Funds"), lambda one: one.funds),
        Column(_("By appointment"), lambda one: one.invited),
        Column(_("Urgent"), lambda one: one.urgent),
        Column(_("From"), lambda one: one.from_on),
        Column(_("Until"), lambda one: one.to_on),
    ]
    rows = queries.admissions(actor, department=department)
    book = workbook(_("Admissions"), columns, rows, filters={"department": department})
    return export(book, by=actor, verb="todos.export_admissions", of="admissions")


def _state(code: str) -> str:
    return {"open": _("open"), "settled": _("settled"), "withdrawn": _("withdrawn")}.get(code, code)


def _outcome(one: TodoLine) -> str:
    return next((chosen(o.zh, o.en) for o in one.outcomes if o.code == one.outcome), one.outcome)
