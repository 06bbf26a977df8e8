"""The one place where a case moves: look up the table, check who and when, add the step, write the sum, see to the rest.

Every verb of ``actions`` comes through ``move``. A case is changed only in the version that was read; who comes second is
told what the first one did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wangge.platform.access import actors, policy, purposes, queries
from wangge.platform.access.errors import Conflict, Forbidden, NotFound
from wangge.platform.access.records import Held
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import field_work, progress, states, words
from wangge.work.cases.models import Application, Case, Step
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.standing import clock_of, standing_of
from wangge.work.cases.states import Move
from wangge.work.cases.times import CityTimes

# While a case lies with a department, whoever handles it may telephone the reporter.
WITH_DEPARTMENT = ("to_sign", "handling", "shelved")
NAMES_KEPT = 600
"""Seconds for which a process remembers the name of a member of staff, which every step repeats."""


@dataclass(frozen=True, slots=True)
class Bringing:
    """What an act brings along. ``columns`` are columns of the case that no rate is made of (its class, its address)."""

    note: str = ""
    department: str = ""
    crew: str = ""
    found: str = ""
    limit: str = ""
    seen_at: datetime | None = None
    columns: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def move(
    *, case: str, verb: str, by: Actor, version: int | None = None, bringing: Bringing | None = None
) -> Case:
    """Do one verb to a case; returns the row as it then stands.

    Raises ``NotFound`` for a case that the actor may not know of, ``Forbidden`` where the verb isn't the actor's to do, and
    ``Conflict`` where the case has moved on since ``version`` or its state doesn't allow the verb.
    """
    row, line = held(case=case, verb=verb, by=by, version=version)
    return carry_out(row, line, by=by, bringing=bringing or Bringing())


def held(*, case: str, verb: str, by: Actor, version: int | None) -> tuple[Case, Move]:
    """The case, locked, and the line of the table by which the actor may do this to it now."""
    row = _locked(case)
    if row is None:
        raise no_such_case()
    line = states.find(row.state, verb, standing_of(row, moment()))
    _may(by, row, line.permission if line else states.permission_of(verb), verb)
    if line is None or (version is not None and version != row.version):
        raise moved_on(row, verb)
    return row, line


def seen(*, case: str, by: Actor) -> Case:
    """The case, locked, if the actor may see it; raises ``NotFound``."""
    row = _locked(case)
    if row is None or not scope(by, "cases.see").covers(row.area, row.department):
        raise no_such_case()
    return row


def carry_out(row: Case, line: Move, *, by: Actor, bringing: Bringing) -> Case:
    """Write the step, the sum of all steps, the audit row, and what follows from it for others."""
    at = moment()
    before = progress_of(row)
    step = Happening(
        verb=line.verb, to=line.leads_to(row.state), clock=line.clock, at=at, department=bringing.department,
        crew=bringing.crew, found=bringing.found, limit=bringing.limit,
    )  # fmt: skip
    moved = progress.after(before, step, CityTimes())
    others = dict(bringing.columns)
    if moved.state in states.ON_SITE and not row.place:
        others["place"] = field_work.place_of(row)
    _write(row, line.verb, moved, others)
    _add_step(row, before, moved, step, by=by, bringing=bringing, permission=line.permission)
    trail.record(
        by=by, verb=f"cases.{line.verb}", object_kind="case", object_id=str(row.uid),
        details={"number": row.number, "from": before.state, "to": moved.state, "department": moved.department},
    )  # fmt: skip
    _follow_up(row, before, moved, step, by=by)
    return row


def progress_of(row: Case) -> Progress:
    """The sum of a case's steps, from its columns."""
    return Progress(clock=clock_of(row), **{name: getattr(row, name) for name in progress.COLUMNS})


def columns_of(sum_: Progress) -> dict[str, Any]:
    """The same sum as columns."""
    run = sum_.clock
    ticking = {
        "limit": run.limit,
        "used": str(run.used),
        "clock_since": run.since,
        "clock_stopped_at": run.stopped_at,
        "due_at": run.due_at,
    }
    return {**{name: getattr(sum_, name) for name in progress.COLUMNS}, **ticking}


def open_since(state: str, reported_at: datetime) -> datetime | None:
    """What ``Case.open_since`` is in a state."""
    return reported_at if state in states.OPEN else None


def moment() -> datetime:
    """Now, in whole seconds: what a workbook shows is then what was held against the limit."""
    return clock.now().replace(microsecond=0)


def moved_on(row: Case, verb: str) -> Conflict:
    """Somebody was first: who, when and what, and where the case is now."""
    last = Step.objects.filter(case=row).order_by("-n").first()
    values = {
        "number": row.number,
        "verb": words.say("verbs", verb),
        "state": words.say("states", row.state),
        "last": "",
    }
    if last is not None:
        values["last"] = _("%(who)s did this at %(when)s: %(what)s.") % {
            "who": " ".join(filter(None, [words.post(last.post), last.name])), "what": words.say("verbs", last.verb),
            "when": f"{clock.local(last.at):%Y-%m-%d %H:%M}",
        }  # fmt: skip
    return Conflict(
        "moved_on", _("Case %(number)s is now “%(state)s”: this can't be done (%(verb)s). %(last)s") % values,
        advice=_("Open the case again to see what may be done now."),
    )  # fmt: skip


def no_such_case() -> NotFound:
    """The same words for a case that isn't there and for one that isn't the actor's to see."""
    return NotFound("no_such_case", _("There is no such case in your area."))


def name_of(by: Actor) -> str:
    """The name of a member of staff; residents and the public stay unnamed."""
    staff = by.kind == "user" and any(isinstance(held, Held) for held in by.holds)
    return _name(by.id, clock.real_now().timestamp() // NAMES_KEPT) if staff else ""


@lru_cache(maxsize=4096)
def _name(actor: str, _age: float) -> str:
    return queries.me(actors.of_id(actor)).name


def post_of(by: Actor, permission: str) -> str:
    """The post acted under. Where anybody may, staff still act as what they are."""
    open_to_all = isinstance(policy.PERMISSIONS[permission], str)
    return policy.post_of(by, "cases.see" if open_to_all else permission)


def is_uid(text: str) -> bool:
    """Whether a text may be the id of a case at all; asking the database for another one would be an error."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _locked(case: str) -> Case | None:
    rows = Case.objects.select_for_update(of=("self",)).select_related("of_class", "rule")
    return rows.filter(uid=case).first() if is_uid(case) else None


def _may(by: Actor, row: Case, permission: str, verb: str) -> None:
    """Whether the actor may do this to this case. Scope is that of the permission, so a department does only its own."""
    if verb in ("rate", "reopen"):
        return  # `actions` found the case by the reporter's code or account
    if verb in ("verify", "check"):
        policy.require(
            by, permission
        )  # where, the to-do decides: it is held by whoever is on duty there today
        return
    if policy.allows(by, permission) and scope(by, permission).covers(row.area, row.department):
        return
    if policy.allows(by, "cases.see") and scope(by, "cases.see").covers(row.area, row.department):
        raise Forbidden(
            "not_yours", _("This act isn't part of your posts, or the case isn't in your hands: %(verb)s.")
            % {"verb": words.say("verbs", verb)}, advice=_("The case says who may do it."),
        )  # fmt: skip
    raise no_such_case()


def _write(row: Case, verb: str, moved: Progress, others: dict[str, Any]) -> None:
    changes = {**columns_of(moved), "open_since": open_since(moved.state, row.reported_at), **others}
    if not Case.objects.filter(pk=row.pk, version=row.version).update(**changes, version=F("version") + 1):
        raise moved_on(Case.objects.get(pk=row.pk), verb)
    row.version += 1
    for name, value in changes.items():
        setattr(row, name, value)


def _add_step(
    row: Case,
    before: Progress,
    moved: Progress,
    step: Happening,
    *,
    by: Actor,
    bringing: Bringing,
    permission: str,
) -> None:
    Step.objects.create(
        case=row, n=row.version, verb=step.verb, from_state=before.state, to_state=step.to, by=by.id,
        post=post_of(by, permission), name=name_of(by), at=step.at, seen_at=bringing.seen_at, note=bringing.note,
        clock=step.clock, department=step.department, crew=step.crew, found=step.found, limit=step.limit,
        due_at=moved.clock.due_at, stage_due_at=moved.stage_due_at,
    )  # fmt: skip


def _follow_up(row: Case, before: Progress, moved: Progress, step: Happening, *, by: Actor) -> None:
    """What a new state means for others: a to-do on site, who may telephone the reporter, applications that lapse."""
    if (
        before.state in states.ON_SITE
        and moved.state != before.state
        and step.verb not in ("verify", "check")
    ):
        field_work.withdraw(row, by=by)
    if moved.state in states.ON_SITE and moved.state != before.state:
        field_work.ask(row, by=by)
    if before.state in WITH_DEPARTMENT and moved.state not in WITH_DEPARTMENT:
        purposes.end(task=task_of(row))
    if before.asked and not moved.asked:
        Application.objects.filter(case=row, outcome="").update(
            outcome="lapsed", decided_by=by.id, decided_at=moment()
        )


def task_of(row: Case) -> str:
    """How a case is named as a task in purposes and looks."""
    return f"case:{row.uid}"
