"""Reading scenarios: those of the actor's areas."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.areas.records import FeatureCollection, GridRecord
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import PlanSettings, Report, ScenarioPage, ScenarioRecord
from wangge.work.planning.words import reason

SEE = "planning.see"


def scenarios(
    actor: Actor, *, prefix: str = "", state: str = "", limit: int = 50, offset: int = 0
) -> ScenarioPage:
    """Scenarios, the newest first."""
    rows = _listed(actor, prefix, state)
    page = rows[offset : offset + min(limit, 200)]
    return ScenarioPage(total=rows.count(), items=[_record_of(one) for one in page])


def export_scenarios(actor: Actor, *, prefix: str = "", state: str = "") -> bytes:
    """The same as xlsx."""
    columns: list[Column[ScenarioRecord]] = [
        Column(_("Name"), lambda one: one.name),
        Column(_("Area"), lambda one: one.prefix),
        Column(_("State"), lambda one: one.state),
        Column(_("Grids in range"), lambda one: one.report.in_range),
        Column(_("Grids"), lambda one: one.report.grids),
        Column(_("Households"), lambda one: one.report.households),
        Column(_("Smallest"), lambda one: one.report.smallest),
        Column(_("Largest"), lambda one: one.report.largest),
        Column(_("Made at"), lambda one: one.made_at),
        Column(_("In force from"), lambda one: one.from_at),
    ]
    rows = (_record_of(one) for one in _listed(actor, prefix, state))
    book = workbook(_("Scenarios"), columns, rows, filters={"prefix": prefix, "state": state})
    return export(book, by=actor, verb="planning.export", of="scenarios")


def _listed(actor: Actor, prefix: str, state: str) -> QuerySet[Scenario]:
    rows = _rows(actor).filter(prefix__startswith=prefix)
    return (rows.filter(state=state) if state else rows).order_by("-made_at", "-pk")


def scenario(actor: Actor, uid: str) -> ScenarioRecord:
    """One scenario; raises ``NotFound``."""
    return _record_of(_found(actor, uid))


def grids(actor: Actor, uid: str) -> list[GridRecord]:
    """The grids of a scenario's plan, by code."""
    plan = _found(actor, uid).plan
    return areas.plan_grids(actor, plan) if plan else []


def layer(actor: Actor, uid: str, bbox: tuple[float, float, float, float]) -> FeatureCollection:
    """The grids of a scenario's plan that meet a box, as GeoJSON."""
    plan = _found(actor, uid).plan
    return areas.plan_layer(actor, plan, bbox) if plan else FeatureCollection(features=[])


def _record_of(one: Scenario) -> ScenarioRecord:
    """The record of a scenario."""
    return ScenarioRecord(
        uid=str(one.uid), name=one.name, prefix=one.prefix, state=one.state, plan=one.plan,
        settings=PlanSettings.model_validate(one.settings), report=_in_words(Report.model_validate(one.report)),
        made_by=one.made_by, made_at=one.made_at, approved_by=one.approved_by, approved_at=one.approved_at,
        from_at=one.from_at,
    )  # fmt: skip


def _in_words(report: Report) -> Report:
    outside = [one.model_copy(update={"reason": reason(one.why, one.said)}) for one in report.out_of_range]
    return report.model_copy(update={"out_of_range": outside})


def _rows(actor: Actor) -> QuerySet[Scenario]:
    return scope(actor, SEE).rows(Scenario.objects.all(), area="prefix")


def _found(actor: Actor, uid: str) -> Scenario:
    row = _rows(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_scenario", _("There is no such scenario."))
    return row
