"""The reporter of a case: who may telephone, and under which subject a look at the number is recorded."""

from __future__ import annotations

from wangge.platform.access import purposes
from wangge.work.cases.models import Case

PURPOSE = "handle_case"


def subject_of(row: Case) -> str:
    """The resident if one is known (so that she finds the look), else a subject of the case's own."""
    return row.reporter_person or f"case:{row.uid.hex}"


def may_telephone(row: Case, holder: str) -> None:
    """Whoever handles the case now may open the reporter's telephone until it leaves the department."""
    if row.reporter_phone:
        purposes.give(holder=holder, subjects=[subject_of(row)], task=task_of(row), purpose=PURPOSE)


def task_of(row: Case) -> str:
    """How a case is named as a task in purposes and looks."""
    return f"case:{row.uid}"
