"""Giving back, more time, shelving: a department asks, an approver decides, and only then something moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.work.cases import finding, moving, refusals, standing, states
from wangge.work.cases.models import Application, Case
from wangge.work.cases.moving import Bringing
from wangge.work.cases.times import CityTimes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a department asks for, and why."""

    kind: str
    reason: str
    amount: str = ""
    until: date | None = None


def ask(*, case: str, asked: Asked, by: Actor, version: int | None) -> Case:
    """See ``actions.apply``."""
    if asked.kind not in states.APPLICATIONS:
        raise Invalid("unknown_application", _("One asks to give back, to extend or to shelve."))
    with transaction.atomic():
        row, line = finding.held(case=case, verb=asked.kind, by=by, version=version)
        if asked.kind == "extend":
            _same_unit(row, asked.amount)
        if asked.kind == "shelve" and (asked.until is None or asked.until <= clock.today()):
            raise Invalid("no_day", _("Shelving needs the day on which handling will go on."))
        # Written first: whatever the step leads to finds the application there.
        Application.objects.create(
            case=row, kind=asked.kind, reason=asked.reason, amount=asked.amount if asked.kind == "extend" else "",
            until=asked.until, department=row.department, asked_by=by.id, asked_at=standing.moment(),
        )  # fmt: skip
        return moving.carry_out(row, line, by=by, bringing=Bringing(note=asked.reason, limit=""))


def decide(*, case: str, grant: bool, amount: str, note: str, by: Actor, version: int | None) -> Case:
    """See ``actions.decide``."""
    with transaction.atomic():
        open_ones = Application.objects.select_for_update().filter(outcome="")
        waiting = open_ones.filter(case__uid=case).first() if is_uid(case) else None
        verb = f"allow_{waiting.kind}" if waiting and grant else "refuse"
        row, line = finding.held(case=case, verb=verb, by=by, version=version)
        if waiting is None:
            raise refusals.moved_on(row, verb)
        if waiting.asked_by == by.id:
            raise Conflict(
                "asked_yourself", _("Whoever asked can't decide."), advice=_("Leave it to another approver.")
            )
        given = (amount or waiting.amount) if verb == "allow_extend" else ""
        if given:
            _same_unit(row, given)
        waiting.amount, waiting.outcome = given or waiting.amount, "granted" if grant else "refused"
        waiting.decided_by, waiting.decided_at = by.id, standing.moment()
        waiting.save()
        return moving.carry_out(row, line, by=by, bringing=Bringing(note=note, limit=given))


def _same_unit(row: Case, amount: str) -> None:
    try:
        CityTimes().longer(row.limit, amount)
    except ValueError as error:
        raise Invalid(
            "other_unit", _("%(amount)s can't be added to a limit of %(limit)s.") % {"amount": amount, "limit": row.limit},
            advice=_("Ask for time in the same unit as the limit's."),
        ) from error  # fmt: skip
