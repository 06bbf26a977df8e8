"""Duties and the grants that follow from them: a grant in a grid holds exactly while its duty really has the grid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from wangge.ground.workforce.models import Duty
from wangge.ground.workforce.rota import Span, Turn, effective
from wangge.platform.access import actions as access
from wangge.platform.access import policy
from wangge.platform.access.scope import behind
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

Held = dict[str, list[Span]]


def origin(duty: Duty) -> str:
    """What names the duty in its grants."""
    return f"duty:{duty.uid}"


def turns(duties: Iterable[Duty]) -> list[Turn]:
    """Duties as the rota sees them."""
    return [Turn(str(d.uid), d.kind == "substitute", Span(d.from_at, d.to_at)) for d in duties]


def holding(moment: datetime) -> QuerySet[Duty]:
    """Duties whose dates hold a moment, substitutes first, then whoever began later."""
    return (
        Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=moment), from_at__lte=moment)
        .select_related("worker__user")
        .order_by("grid", "-kind", "-from_at", "-uid")
    )


def on_duty_at(moment: datetime, grids: Iterable[str] | None = None) -> dict[str, Duty]:
    """The duty that really has each grid at a moment (of those named, or of all)."""
    rows = holding(moment) if grids is None else holding(moment).filter(grid__in=list(grids))
    found: dict[str, Duty] = {}
    for duty in rows:
        found.setdefault(duty.grid, duty)
    return found


def held_grids(moment: datetime, areas: Iterable[str] = ("",)) -> set[str]:
    """The grids that anybody has at a moment, below some areas: codes only, whoever it is."""
    below = Q()
    for area in areas:
        below |= Q(grid__gte=area, grid__lt=behind(area)) if area else Q(grid__gte="")
    rows = Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=moment), below, from_at__lte=moment)
    return set(rows.values_list("grid", flat=True))


def spans_of(grid: str) -> Held:
    """The spans in which each duty of a grid, that hasn't ended, really has it."""
    living = Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=clock.now()), grid=grid)
    return effective(turns(living))


def settle_grants(grid: str, before: Held, by: Actor) -> None:
    """Bring the grants of a grid's duties in line with the rota, from now on. What was granted until now stays."""
    now, after = clock.now(), spans_of(grid)
    for duty in Duty.objects.filter(uid__in=set(before) | set(after)).select_related("worker__user"):
        old, new = _from(now, before.get(str(duty.uid), [])), _from(now, after.get(str(duty.uid), []))
        if old == new:
            continue
        if old:
            access.end_grants(by=by, origin=origin(duty), at=now)
        for span in new:
            access.grant(
                user=str(duty.worker.user.uid), role=policy.WORKER, area=grid, from_at=span.from_at, to_at=span.to_at,
                origin=origin(duty), by=by,
            )  # fmt: skip


def _from(now: datetime, spans: list[Span]) -> list[Span]:
    return [left for span in spans if (left := span.after(now))]
