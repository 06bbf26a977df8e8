"""Making scenarios: at once where an area is small, in the background where planning takes longer than anybody waits.

Planning itself takes place outside any transaction; what it yields is written in small ones.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.platform.access.errors import Conflict, Forbidden, Invalid
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.planning.finding import MAKE, found, step
from wangge.work.planning.making import Made, make_plan
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import PlanSettings, Report

AT_ONCE = 2000
"""Buildings that are planned while the asker waits: a second or two. More go to the background."""
TOLD_EVERY = 0.01
"""Share of the buildings after which the progress is written down again."""
Progress = Callable[[int, int], None]
Then = Callable[[str], None]


class GivenUp(RuntimeError):
    """The scenario was withdrawn while it was being planned."""


def default_settings() -> PlanSettings:
    """The city's band of households, and the first seed."""
    return PlanSettings(low=city.value("households_low"), high=city.value("households_high"))


def make(
    *,
    prefix: str,
    by: Actor,
    settings: PlanSettings | None = None,
    name: str = "",
    progress: Progress | None = None,
    then: Then | None = None,
) -> str:
    """Plan an area anew and keep the plan as a scenario; returns its id. The rest of the city stays as it is.

    Asked again under the same name for the same thing it answers with what it made. ``progress`` is told how many
    buildings are done, of how many. With ``then`` a large area is only begun: ``then`` is told the id in the same
    transaction, and whoever it tells calls ``carry_out``. Raises ``Forbidden`` outside the actor's areas, ``Conflict``
    for a name that stands for something else, ``Invalid`` where there is nothing to plan.
    """
    if not scope(by, MAKE).covers(prefix):
        raise Forbidden(
            "outside_your_areas", _("%(area)s lies outside your areas.") % {"area": prefix or "*"}
        )
    wanted = settings or default_settings()
    title = name or f"{prefix} {clock.local(clock.now()):%Y-%m-%d %H:%M:%S}".strip()
    there = _named(prefix, title, wanted, by)
    if there is not None:
        return str(there.uid)
    buildings = areas_queries.building_count(prefix) if then else 0
    if then and buildings > AT_ONCE:
        return _begin(prefix, title, wanted, buildings, then, by)
    made = make_plan(prefix, wanted, progress)
    plan = areas.draft_plan(grids=made.grids, memberships=made.memberships, by=by, prefix=prefix)
    try:
        return _keep(prefix, title, wanted, made, plan, by)
    except IntegrityError:  # the same was asked twice at a time, and the other was quicker
        areas.discard_plan(plan=plan, by=by)
        there = _named(prefix, title, wanted, by)
        if there is None:
            raise
        return str(there.uid)


def carry_out(*, scenario: str, by: Actor) -> None:
    """Plan what was only begun, telling the scenario how far it is. Run again after it was broken off, it begins anew.

    What was withdrawn meanwhile is left; what can't be planned has failed, with the reason.
    """
    row = found(scenario, by, MAKE)
    if row.state != "planning":
        return
    try:
        made = make_plan(row.prefix, PlanSettings.model_validate(row.settings), _telling(row))
    except GivenUp:
        return
    except Invalid as error:
        step(row, "fail", problem=str(error)[:300])
        return
    plan = areas.draft_plan(grids=made.grids, memberships=made.memberships, by=by, prefix=row.prefix)
    try:
        with transaction.atomic():
            step(row, "planned", plan=plan, report=_dumped(made.report), done=row.total)
            _record(row, made.report, plan, by)
    except Conflict:  # withdrawn at the last moment
        areas.discard_plan(plan=plan, by=by)


def _telling(row: Scenario) -> Progress:
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done < total and done - told < TOLD_EVERY * total:
            return
        told = done
        if not Scenario.objects.filter(pk=row.pk, state="planning").update(done=done, total=total):
            raise GivenUp

    return tell


def _named(prefix: str, name: str, wanted: PlanSettings, by: Actor) -> Scenario | None:
    there = Scenario.objects.filter(prefix=prefix, name=name).first()
    if there is not None and (
        there.made_by != by.id or PlanSettings.model_validate(there.settings) != wanted
    ):
        raise Conflict(
            "name_taken",
            _("Another scenario has the name %(name)s.") % {"name": name},
            advice=_("Choose another name."),
        )
    return there


def _begin(prefix: str, name: str, wanted: PlanSettings, buildings: int, then: Then, by: Actor) -> str:
    try:
        with transaction.atomic():
            row = Scenario.objects.create(
                name=name, prefix=prefix, settings=wanted.model_dump(), report=_dumped(Report()), state="planning",
                total=buildings, made_by=by.id, made_at=clock.now(),
            )  # fmt: skip
            then(str(row.uid))
    except IntegrityError:
        there = _named(prefix, name, wanted, by)
        if there is None:
            raise
        return str(there.uid)
    return str(row.uid)


@transaction.atomic
def _keep(prefix: str, name: str, wanted: PlanSettings, made: Made, plan: str, by: Actor) -> str:
    row = Scenario.objects.create(
        name=name, prefix=prefix, settings=wanted.model_dump(), report=_dumped(made.report), plan=plan,
        made_by=by.id, made_at=clock.now(),
    )  # fmt: skip
    _record(row, made.report, plan, by)
    return str(row.uid)


def _dumped(report: Report) -> dict[str, object]:
    return report.model_dump(exclude={"walk_m"})


def _record(row: Scenario, report: Report, plan: str, by: Actor) -> None:
    trail.record(
        by=by, verb="planning.make", object_kind="scenario", object_id=str(row.uid),
        details={"prefix": row.prefix, "plan": plan, "grids": report.grids},
    )  # fmt: skip
