"""What is done on site is a to-do: verifying before filing, checking after handling.

The to-do stands at the case's place; who holds it is asked when it is read. When the case moves on without it, it is taken
back. ``hearing`` is where its outcome comes in.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from wangge.ground.areas import actions as areas
from wangge.platform.access.errors import Invalid
from wangge.platform.audit.actor import Actor
from wangge.work.cases import states
from wangge.work.cases.models import Case
from wangge.work.todos import actions as todos

# Both stand on the list of what may be asked of a grid (准入清单): kind, Chinese, English, minutes.
ADMISSIONS = {
    "verify_case": ("verify", "案件核实", "Verify a case", 10),
    "check_case": ("check", "案件核查", "Check a case", 10),
}
REASONS = {
    "verify": ("有人反映“{zh}”，立案前请到现场看是否属实。", "“{en}” was reported; before it is filed, see on site whether it is so."),
    "check": ("“{zh}”已反馈处置完毕，结案前请到现场核查。", "“{en}” is said to be handled; before it is closed, check it on site."),
}  # fmt: skip


def admit(*, department: str, basis: str, from_on: date, by: Actor) -> None:
    """Put verifying and checking on the published list; an installation does this once."""
    for code, (kind, zh, en, minutes) in ADMISSIONS.items():
        todos.admit(
            code=code, kind=kind, department=department, name_zh=zh, name_en=en, basis=basis, minutes=minutes,
            from_on=from_on, invited=True, by=by,
        )  # fmt: skip


def ask(row: Case, *, by: Actor) -> None:
    """Ask whoever is on duty at the case's place; call inside the transaction that brought the case here."""
    verb, admission = states.ON_SITE[row.state]
    _kind, zh, en, _minutes = ADMISSIONS[admission]
    named = (
        {"zh": row.of_class.name_zh, "en": row.of_class.name_en or row.of_class.name_zh}
        if row.of_class
        else {}
    )
    todos.push(
        admission=admission, place=row.place, subject_kind="case", subject=str(row.uid), origin=("cases", str(row.uid)),
        title=(f"{zh}：{named.get('zh', row.number)}", f"{en}: {named.get('en', row.number)}"),
        reason=(REASONS[verb][0].format(**named), REASONS[verb][1].format(**named)), due_at=row.stage_due_at, by=by,
    )  # fmt: skip


def withdraw(row: Case, *, by: Actor) -> None:
    """The case went on without waiting for the site: the worker need not go."""
    todos.withdraw(origin=("cases", str(row.uid)), why=f"cases: {row.state}", by=by)


def place_of(row: Case) -> str:
    """The id of the place where a case is, made if there was none. Raises ``Invalid`` for a case without a point."""
    if row.lon is None or row.lat is None:
        raise Invalid(
            "no_point", _("Case %(number)s has no position: nobody can be sent there.") % {"number": row.number},
            advice=_("Put it on the map first."),
        )  # fmt: skip
    return areas.place_at(lon=row.lon, lat=row.lat)
