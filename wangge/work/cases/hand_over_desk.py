"""What a desk has before it when it hands over: its queues now, and the cases worth naming, each with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import presenting, shifts, standing, words
from wangge.work.cases.desks import QUEUES, desk_of, desks_of, figures_of
from wangge.work.cases.filters import EVER, first_due, is_late
from wangge.work.cases.hand_over_records import DeskFigure, DeskPlace, DeskRecord, Proposed
from wangge.work.cases.models import Case
from wangge.work.cases.records import CaseLine
from wangge.work.cases.tallies import tally
from wangge.work.cases.times import CityTimes

MOST = 30
"""Cases proposed at once, the most urgent first."""


def desk(actor: Actor, *, axis: str = "", area: str | None = None) -> DeskRecord:
    """One of the actor's desks (the first, if none is named) at this moment; always the same few queries."""
    at, mine = desk_of(actor, axis, area), desks_of(actor)
    moment, times = standing.moment(), CityTimes()
    this, following = shifts.ends(moment)
    figures = figures_of(at, alone=len(mine) == 1)
    counted = tally(actor, figures)
    inside = scope(actor, "cases.see").rows(Case.objects.all(), area="area", department="department")
    worth = inside.annotate(first=first_due()).filter(
        _worth_naming(at.axis, moment, following), open_since__range=EVER, area__startswith=at.area
    )
    rows = (
        worth.select_related("of_class")
        .defer("reporter_phone")
        .order_by(F("first").asc(nulls_last=True), "id")[:MOST]
    )
    lines = [(row, presenting.line(row, moment, times)) for row in rows]
    return DeskRecord(
        axis=at.axis, area=at.area, desks=[DeskPlace(axis=one.axis, area=one.area) for one in mine], shift_ends=this,
        next_ends=following, total=worth.count(),
        figures=[DeskFigure(name=name, count=counted[name], filter=one.filters.given()) for name, one in figures.items()],
        proposed=[_proposed(row, line, at.axis, following) for row, line in lines],
    )  # fmt: skip


def _worth_naming(axis: str, moment: datetime, until: datetime) -> Q:
    """Of the desk's own queues what is late, what falls due before the next shift ends, what its reporter wants done again;
    and whatever a department has asked for."""
    own = Q(state__in=QUEUES[axis])
    return (own & (is_late(moment) | Q(first__lt=until) | _wanted_again())) | ~Q(asked="")


def _wanted_again() -> Q:
    return Q(reopened__gt=0) & ~Q(source="patrol")


def _proposed(row: Case, line: CaseLine, axis: str, until: datetime) -> Proposed:
    why = _why(row, line, axis, until)
    values = {
        "left": line.left, "state": words.say("states", row.state), "until": f"{clock.local(until):%m-%d %H:%M}",
        "asked": words.say("verbs", row.asked) if row.asked else "",
    }  # fmt: skip
    # Each sentence is whole: what is left may be unknown where the calendar ends.
    reason = {
        "overdue": _("Overdue, still “%(state)s”."),
        "asked": _("The department waits for an answer: %(asked)s."),
        "reopened": _("The reporter says that it isn't solved and wants it done again."),
        "due": _("Due before the next shift ends (%(until)s)."),
    }[why] % values
    return Proposed(case=line, why=why, reason=reason)


def _why(row: Case, line: CaseLine, axis: str, until: datetime) -> str:
    """The weightiest reason; a case may have several."""
    if line.late and row.state in QUEUES[axis]:
        return "overdue"
    if row.asked:
        return "asked"
    if row.reopened and row.source != "patrol":
        return "reopened"
    return "due"
