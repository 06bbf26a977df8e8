"""Which zone holds a point: indexes of a plan's grids and of the communities, kept in memory and checked at every question.

A plan's grids never change under one id (a draft changed by hand gets a new one), so their index is kept by it; the communities' by a stamp that
is new after every change of the divisions. Whoever asks reads that id or stamp in its own transaction first: a plan
that another process puts into force is seen at the very next question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection
from numpy.typing import ArrayLike

from wangge.ground.areas.expressions import in_use
from wangge.ground.areas.models import Division, Edition, Grid
from wangge.platform.clock import clock

if TYPE_CHECKING:
    from wangge.cores.geo.zones import ZoneIndex

SLIVER = 2e-6
"""Degrees (some 20 cm) by which borders that should meet may miss each other."""


class Standing(NamedTuple):
    """The plan that a question is answered by."""

    key: int
    uid: UUID
    version: int

    def zones(self) -> ZoneIndex:
        """The index of its grids."""
        return _grids_of(self.uid)


def standing(at: datetime | None = None) -> Standing | None:
    """The plan in force at a moment (now, if none is named); one query, in the caller's transaction."""
    # Asked at every point and every act: written out, it costs a tenth of what the ORM takes to compose it.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, uid, version FROM areas_plan WHERE state = 'in_force' AND from_at <= %s "
            "ORDER BY from_at DESC, version DESC LIMIT 1",
            [connection.ops.adapt_datetimefield_value(at or clock.now())],
        )
        row = cursor.fetchone()
    return Standing(row[0], UUID(str(row[1])), row[2]) if row else None


def communities() -> ZoneIndex:
    """The index of the grounds of today's communities."""
    stamp = Edition.objects.filter(subject="divisions").values_list("stamp", flat=True).first()
    return _communities(stamp, clock.today())


@lru_cache(maxsize=4)
def _grids_of(uid: UUID) -> ZoneIndex:
    shapes = Grid.objects.filter(plan__uid=uid).exclude(wkb=None).order_by("code").values_list("code", "wkb")
    return indexed(shapes)


@lru_cache(maxsize=2)
def _communities(stamp: UUID | None, day: date) -> ZoneIndex:
    rows = Division.objects.filter(in_use(day), level="community").exclude(wkb=None)
    return indexed(rows.order_by("code").values_list("code", "wkb"))


def indexed(rows: Iterable[tuple[str, bytes | memoryview | None]]) -> ZoneIndex:
    """An index of shapes (WKB, degrees) by their codes."""
    from wangge.cores.geo.zones import ZoneIndex

    shapes = [(code, bytes(wkb)) for code, wkb in rows if wkb is not None]
    return ZoneIndex([code for code, _ in shapes], [wkb for _, wkb in shapes], sliver=SLIVER)


def located(zones: ZoneIndex, lons: ArrayLike, lats: ArrayLike) -> list[str]:
    """The code of the zone of each of n points, empty where there is none."""
    return [code or "" for code in zones.locate_many(lons, lats)]
