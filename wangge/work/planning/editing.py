"""Changing a draft by hand: every change is checked at once, drawn, counted and written down with who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.planning import handwork, states
from wangge.work.planning.codes import TooMany, fresh
from wangge.work.planning.finding import MAKE, found
from wangge.work.planning.models import Edit, Hand, Scenario
from wangge.work.planning.naming import grid_name
from wangge.work.planning.records import EditAsked
from wangge.work.planning.redrawing import Redrawn, ground, redrawn
from wangge.work.planning.words import refusal

COMMUNITY_DIGITS = 12
Moved = dict[int, str]


def edit(*, scenario: str, asked: EditAsked, by: Actor) -> None:
    """Move buildings, merge or split grids, or undo; only in a draft. Sent twice, it is done once.

    Raises ``Invalid`` with the reason for what breaks contiguity or a community, ``Conflict`` for a scenario that is no
    draft, or that somebody else changed since ``asked.after`` edits. Out of range is allowed: the report says so.
    """
    row = found(scenario, by, MAKE)
    edits = list(row.edits.order_by("n"))
    if edits and _is_that(edits[-1], asked, by):
        return
    if states.after(row.state, "edit") is None:
        raise Conflict("no_draft", _("Only a draft can be changed by hand."))
    if asked.after != len(edits):
        raise Conflict("moved_on", _("Somebody else was quicker."), advice=_("Look at the scenario again."))
    undone = _to_undo(edits) if asked.verb == "undo" else None
    community = _community(row, asked, undone)
    moved = _undoing(undone) if undone else _changed(community, asked)
    if moved:
        _write(row, asked, community, moved, redrawn(row, community, moved), undone, by)


def undoable(edits: Sequence[Edit]) -> Edit | None:
    """The last edit that wasn't undone; None where there is none."""
    stack: list[Edit] = []
    for one in edits:
        if one.verb != "undo":
            stack.append(one)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None


def _is_that(last: Edit, asked: EditAsked, by: Actor) -> bool:
    return last.by == by.id and last.asked == asked.model_dump()


def _to_undo(edits: Sequence[Edit]) -> Edit:
    last = undoable(edits)
    if last is None:
        raise Invalid("nothing_to_undo", refusal("nothing_to_undo", "", ""))
    return last


def _community(row: Scenario, asked: EditAsked, undone: Edit | None) -> handwork.Community:
    grid = next(iter(undone.moved.values()))[0] if undone else asked.grid
    if len(grid) <= COMMUNITY_DIGITS or not grid.startswith(row.prefix):
        raise Invalid("no_such_grid", refusal("no_such_grid", grid, ""))
    return ground(row.plan, grid[:COMMUNITY_DIGITS])


def _undoing(edit_: Edit) -> Moved:
    return {int(key): former for key, (former, _to) in edit_.moved.items()}


def _changed(community: handwork.Community, asked: EditAsked) -> Moved:
    buildings = sorted(areas_queries.place_keys(asked.buildings).values())
    try:
        if asked.verb == "move":
            return handwork.move(community, buildings, asked.grid)
        if asked.verb == "merge":
            return handwork.merge(community, asked.grid, asked.into)
        return handwork.split(community, asked.grid, buildings, _new_code(community))
    except handwork.Refused as error:
        said = refusal(error.code, grid_name(error.grid), grid_name(error.other))
        raise Invalid(error.code, said) from None


def _new_code(community: handwork.Community) -> str:
    digits = city.value("grid_code_digits")
    try:
        return fresh(
            community.code, areas_queries.codes_given(community.code) | set(community.grid), digits=digits
        )
    except TooMany:
        raise Invalid(
            "codes_run_out",
            _("Community %(community)s needs more grids than %(digits)s digits can number.")
            % {"community": community.code, "digits": digits},
            advice=_("Set grid_code_digits to a larger number."),
        ) from None


def _write(
    row: Scenario,
    asked: EditAsked,
    community: handwork.Community,
    moved: Moved,
    new: Redrawn,
    undone: Edit | None,
    by: Actor,
) -> None:
    """The grids, the report, the edit and its author, in one transaction; of two who try at once, one is told."""
    try:
        with transaction.atomic():
            plan = areas.redraw_plan(
                plan=row.plan, community=community.code, grids=new.grids, moved=moved, by=by
            )
            still = Scenario.objects.filter(pk=row.pk, state="draft", plan=row.plan)
            if not still.update(plan=plan, report=new.report.model_dump(exclude={"walk_m"})):
                raise Conflict(
                    "moved_on", _("Somebody else was quicker."), advice=_("Look at the scenario again.")
                )
            Edit.objects.create(
                scenario=row, n=asked.after + 1, verb=asked.verb, asked=asked.model_dump(),
                moved=_said(community, moved), undoes=undone.n if undone else None, by=by.id, at=clock.now(),
            )  # fmt: skip
            Hand.objects.get_or_create(scenario=row, by=by.id)
            trail.record(
                by=by, verb="planning.edit", object_kind="scenario", object_id=str(row.uid),
                details={"edit": asked.verb, "n": asked.after + 1, "buildings": len(moved)},
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(
            "moved_on", _("Somebody else was quicker."), advice=_("Look at the scenario again.")
        ) from None


def _said(community: handwork.Community, moved: Mapping[int, str]) -> dict[str, list[str]]:
    return {str(key): [community.grid[community.row[key]], to] for key, to in moved.items()}
