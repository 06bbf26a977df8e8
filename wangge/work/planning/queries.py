"""Reading scenarios: those of the actor's areas."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.areas.records import FeatureCollection, GridRecord
from wangge.platform.access.policy import allows
from wangge.platform.access.scope import Scope, scope
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor
from wangge.work.planning.comparing import comparison as comparison
from wangge.work.planning.comparing import dressed, listed
from wangge.work.planning.comparing import moves as moves
from wangge.work.planning.finding import APPROVE, SEE, found
from wangge.work.planning.handmade import buildings as buildings
from wangge.work.planning.handmade import edits as edits
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import Moved, PlanSettings, Report, ScenarioPage, ScenarioRecord
from wangge.work.planning.words import reason


def scenarios(
    actor: Actor, *, prefix: str = "", state: str = "", limit: int = 50, offset: int = 0
) -> ScenarioPage:
    """Scenarios, the newest first."""
    rows = _listed(actor, prefix, state)
    page = rows[offset : offset + min(limit, 200)]
    return ScenarioPage(total=rows.count(), items=_records_of(actor, page))


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
    rows = _records_of(actor, _listed(actor, prefix, state))
    book = workbook(_("Scenarios"), columns, rows, filters={"prefix": prefix, "state": state})
    return export(book, by=actor, verb="planning.export", of="scenarios")


def _listed(actor: Actor, prefix: str, state: str) -> QuerySet[Scenario]:
    rows = _rows(actor).filter(prefix__startswith=prefix)
    return (rows.filter(state=state) if state else rows).order_by("-made_at", "-pk")


def scenario(actor: Actor, uid: str) -> ScenarioRecord:
    """One scenario; raises ``NotFound``."""
    found(uid, actor, SEE)
    return _records_of(actor, Scenario.objects.filter(uid=uid))[0]


def grids(actor: Actor, uid: str) -> list[GridRecord]:
    """The grids of a scenario's plan, by code."""
    plan = found(uid, actor, SEE).plan
    return areas.plan_grids(actor, plan) if plan else []


def layer(actor: Actor, uid: str, bbox: tuple[float, float, float, float]) -> FeatureCollection:
    """The grids of a scenario's plan that meet a box, as GeoJSON."""
    plan = found(uid, actor, SEE).plan
    return areas.plan_layer(actor, plan, bbox) if plan else FeatureCollection(features=[])


def export_grids(actor: Actor, uid: str) -> bytes:
    """The grids of a scenario in its area as xlsx, each out of range with its reason."""
    one = scenario(actor, uid)
    outside = {held.grid: held for held in one.report.out_of_range}
    columns: list[Column[GridRecord]] = [
        Column(_("Grid"), lambda grid: grid.code),
        Column(_("Name"), lambda grid: grid.name),
        Column(_("Households"), lambda grid: grid.households),
        Column(_("In range"), lambda grid: one.settings.low <= grid.households <= one.settings.high),
        Column(_("Reason"), lambda grid: outside[grid.code].reason if grid.code in outside else ""),
    ]
    rows = (grid for grid in grids(actor, uid) if grid.code.startswith(one.prefix))
    book = workbook(_("Grids of a scenario"), columns, rows, filters={"scenario": one.name})
    return export(book, by=actor, verb="planning.export_grids", of="scenario", which=uid)


def export_moves(actor: Actor, uid: str, *, against: str = "", grid: str = "") -> bytes:
    """The buildings that change grid, as xlsx."""
    columns: list[Column[Moved]] = [
        Column(_("Building"), lambda one: one.address),
        Column(_("Households"), lambda one: one.households),
        Column(_("From grid"), lambda one: one.from_grid),
        Column(_("To grid"), lambda one: one.to_grid),
        Column(_("Worker so far"), lambda one: one.from_worker),
        Column(_("Worker then"), lambda one: one.to_worker),
    ]
    rows = dressed(listed(actor, uid, against=against, grid=grid))
    filters = {"scenario": uid, "against": against, "grid": grid}
    book = workbook(_("Buildings that change grid"), columns, rows, filters=filters)
    return export(book, by=actor, verb="planning.export_moves", of="scenario", which=uid)


def _records_of(actor: Actor, rows: QuerySet[Scenario]) -> list[ScenarioRecord]:
    """Scenarios as this reader sees them, with two queries."""
    approver = scope(actor, APPROVE) if allows(actor, APPROVE) else None
    page = list(rows.prefetch_related("hands").annotate(edit_count=Count("edits")))
    return [_record_of(actor, one, approver) for one in page]


def _record_of(actor: Actor, one: Scenario, approver: Scope | None) -> ScenarioRecord:
    hands = {one.made_by, *(hand.by for hand in one.hands.all())}
    return ScenarioRecord(
        uid=str(one.uid), name=one.name, prefix=one.prefix, state=one.state, plan=one.plan,
        settings=PlanSettings.model_validate(one.settings), report=_in_words(Report.model_validate(one.report)),
        made_by=one.made_by, made_at=one.made_at, approved_by=one.approved_by, approved_at=one.approved_at,
        from_at=one.from_at, done=one.done, total=one.total, problem=one.problem, edits=getattr(one, "edit_count", 0),
        may_approve=approver is not None and approver.covers(one.prefix) and actor.id not in hands,
    )  # fmt: skip


def _in_words(report: Report) -> Report:
    outside = [one.model_copy(update={"reason": reason(one.why, one.said)}) for one in report.out_of_range]
    return report.model_copy(update={"out_of_range": outside})


def _rows(actor: Actor) -> QuerySet[Scenario]:
    return scope(actor, SEE).rows(Scenario.objects.all(), area="prefix")
