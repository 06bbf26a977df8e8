"""To-dos as points of a map: the rows of a list, gathered by zoom, in the same scope and through the same filter."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from wangge.ground.areas.grouping import gathered
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import PointGroup, Points
from wangge.platform.clock import clock
from wangge.work.todos.models import Todo


def shown_on_map(rows: QuerySet[Any], box: Box | None, zoom: float) -> Points:
    """To-dos that a list shows as points; where a box is named, the rows lie in it."""
    groups = gathered(
        rows, lon="place__lon", lat="place__lat", late=Q(state="open", due_at__lt=clock.now()),
        box=box, zoom=zoom,
    )  # fmt: skip
    named = Todo.objects.in_bulk([one.one for one in groups if one.size == 1 or one.one_place])
    at = dict(
        Todo.objects.filter(pk__in=named).values_list("pk", "place__building__address")
    )  # a bare point has none
    items = [
        PointGroup(
            count=one.size, late=one.late, lon=one.lon, lat=one.lat, box=one.box, one_place=one.one_place,
            **_said(named[one.one], at.get(one.one) or "", alone=one.size == 1) if one.one in named else {},
        )
        for one in groups
    ]  # fmt: skip
    return Points(total=sum(one.size for one in groups), without_point=0, items=items)


def _said(row: Todo, address: str, *, alone: bool) -> dict[str, str | bool]:
    if not alone:
        return {"address": address}
    return {
        "uid": str(row.uid), "address": address, "label_zh": row.title_zh, "label_en": row.title_en,
        "case": row.origin_room == "cases",
    }  # fmt: skip
