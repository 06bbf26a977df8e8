"""Cases as points of a map: the rows of a list, gathered by zoom, in the same scope and through the same filter."""

from __future__ import annotations

from wangge.ground.areas.grouping import box_from, gathered
from wangge.ground.areas.records import PointGroup, Points
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.work.cases import standing, words
from wangge.work.cases.filters import Filters, is_late
from wangge.work.cases.models import Case

SEE = "cases.see"


def points(actor: Actor, filters: Filters | None = None, *, zoom: float = 15) -> Points:
    """The cases of a filter as points; the sum of all is the total of ``cases`` with the same filter."""
    wanted = filters or Filters()
    rows = scope(actor, SEE).rows(Case.objects.all(), area="area", department="department")
    rows = rows.filter(wanted.condition(actor_id=actor.id))
    groups = gathered(
        rows, lon="lon", lat="lat", late=is_late(standing.moment()), box=box_from(wanted.box), zoom=zoom
    )
    without = 0 if wanted.box else rows.filter(lon=None).count()
    named = Case.objects.select_related("of_class").in_bulk(
        [one.one for one in groups if one.size == 1 or one.one_place]
    )
    items = [
        PointGroup(
            count=one.size, late=one.late, lon=one.lon, lat=one.lat, box=one.box, one_place=one.one_place, case=True,
            **_said(named[one.one], alone=one.size == 1) if one.one in named else {},
        )
        for one in groups
    ]  # fmt: skip
    return Points(total=without + sum(one.size for one in groups), without_point=without, items=items)


def _said(row: Case, *, alone: bool) -> dict[str, str]:
    if not alone:
        return {"address": row.address}
    zh, en = words.both("states", row.state)
    of = row.of_class
    return {
        "uid": str(row.uid), "address": row.address,
        "label_zh": f"{of.name_zh if of else row.number} · {zh}", "label_en": f"{(of and of.name_en) or row.number} · {en}",
    }  # fmt: skip
