"""Which zone holds a point: indexes of a plan's grids and of the communities, kept in memory and checked at every question.

A plan's grids never change once it is prepared, so their index is kept by the plan's id; the communities' by a stamp that
is new after every change of the divisions. Whoever asks reads that id or stamp in its own transaction first: a plan
that another process puts into force is seen at the very next question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from wangge.ground.areas.expressions import in_use, plan_in_force
from wangge.ground.areas.models import Division, Edition, Grid
from wangge.platform.clock import clock

Floats = NDArray[np.float64]
SLIVER = 2e-6
"""Degrees (some 20 cm) by which borders that should meet may miss each other."""


class Zones:
    """Zones with codes, in the order of their codes; a point on a border belongs to the first that it touches."""

    def __init__(self, codes: list[str], shapes: list[bytes]) -> None:
        import shapely

        self.codes = np.array([*codes, ""], dtype=object)
        self._tree = shapely.STRtree(shapely.from_wkb(shapes))

    def locate(self, lons: Floats, lats: Floats) -> list[str]:
        """The code of the zone of each of n points, empty where there is none.

        Neighbours whose borders have different corners leave slivers: a point in one goes to the nearest zone.
        """
        import shapely

        points = shapely.points(lons, lats)
        found = np.full(len(points), len(self.codes) - 1, np.int64)
        point, zone = self._tree.query(points, predicate="intersects")
        np.minimum.at(found, point, zone)
        missed = np.flatnonzero(found == len(self.codes) - 1)
        if len(missed) and len(self._tree):
            point, zone = self._tree.query_nearest(points[missed], max_distance=SLIVER, all_matches=True)
            np.minimum.at(found, missed[point], zone)
        return list(self.codes[found])


class Standing(NamedTuple):
    """The plan that a question is answered by."""

    key: int
    uid: UUID
    version: int

    def zones(self) -> Zones:
        """The index of its grids."""
        return _grids_of(self.uid)


def standing(at: datetime | None = None) -> Standing | None:
    """The plan in force at a moment (now, if none is named); one query, in the caller's transaction."""
    row = plan_in_force(at).values_list("pk", "uid", "version").first()
    return Standing(*row) if row else None


def communities() -> Zones:
    """The index of the grounds of today's communities."""
    stamp = Edition.objects.filter(subject="divisions").values_list("stamp", flat=True).first()
    return _communities(stamp, clock.today())


@lru_cache(maxsize=4)
def _grids_of(uid: UUID) -> Zones:
    shapes = Grid.objects.filter(plan__uid=uid).exclude(wkb=None).order_by("code").values_list("code", "wkb")
    return _indexed(shapes)


@lru_cache(maxsize=2)
def _communities(stamp: UUID | None, day: date) -> Zones:
    rows = Division.objects.filter(in_use(day), level="community").exclude(wkb=None)
    return _indexed(rows.order_by("code").values_list("code", "wkb"))


def _indexed(rows: Iterable[tuple[str, bytes | memoryview | None]]) -> Zones:
    shapes = [(code, bytes(wkb)) for code, wkb in rows if wkb is not None]
    return Zones([code for code, _ in shapes], [wkb for _, wkb in shapes])
