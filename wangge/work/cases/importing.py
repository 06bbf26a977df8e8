"""Cases that another system lived through. What was not recorded here is not made up: one step says that they came in.

They are marked for good: a constraint keeps them out of every count that a rate is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from django.db import transaction

from wangge.ground.areas import queries as areas
from wangge.platform.access import policy
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.work.cases import acting, numbers, standing
from wangge.work.cases.bulk import Prepared
from wangge.work.cases.models import Case, ClassOfCase, Step
from wangge.work.cases.past import PastCase, PastClass
from wangge.work.cases.records import Imported

CHUNK = 400
"""Cases a transaction: well below 250 ms on a small machine."""


@transaction.atomic
def import_classes(*, classes: Iterable[PastClass], by: Actor) -> int:
    """Make the classes that the catalogue doesn't have, marked as imported; returns how many."""
    policy.require(by, "cases.import")
    wanted = {one.code: one for one in classes}
    known = set(ClassOfCase.objects.filter(code__in=wanted).values_list("code", flat=True))
    fresh = [one for code, one in wanted.items() if code not in known]
    ClassOfCase.objects.bulk_create(
        ClassOfCase(code=one.code, kind=one.kind, name_zh=one.name_zh, name_en=one.name_en, imported=True)
        for one in fresh
    )
    if fresh:
        trail.record(
            by=by,
            verb="cases.import_classes",
            object_kind="catalogue",
            object_id="import",
            details={"added": [f.code for f in fresh]},
        )
    return len(fresh)


def import_rows(
    *, rows: Sequence[PastCase], by: Actor, progress: Callable[[int], None] = lambda done: None
) -> Imported:
    """Bring in past cases, some hundreds a transaction; what is here already (by outside number) is left as it is.

    Restartable: after a crash, the same call brings what was missing. ``progress`` is told how many rows are done.
    Raises ``KeyError`` for a class that doesn't exist (``import_classes`` makes it).
    """
    policy.require(by, "cases.import")
    keys = dict(ClassOfCase.objects.values_list("code", "pk"))
    known = _known(rows)
    fresh = sorted(
        (one for one in rows if one.outside_number not in known),
        key=lambda one: (one.reported_at, one.outside_number),
    )
    without_grid = 0
    for start in range(0, len(fresh), CHUNK):
        chunk = fresh[start : start + CHUNK]
        where = _areas_of(chunk)
        without_grid += sum(not grid for grid, _area in where)
        _write(chunk, where, keys, by)
        progress(len(known) + start + len(chunk))
    return Imported(imported=len(fresh), without_grid=without_grid, known=len(rows) - len(fresh))


def _known(rows: Sequence[PastCase]) -> set[str]:
    wanted = [one.outside_number for one in rows]
    found: set[str] = set()
    for start in range(0, len(wanted), 900):
        some = Case.objects.filter(outside_number__in=wanted[start : start + 900])
        found.update(str(number) for number in some.values_list("outside_number", flat=True))
    return found


def _areas_of(chunk: Sequence[PastCase]) -> list[tuple[str, str]]:
    """Grid and area of each; asked outside the transaction, for all points of the chunk at once."""
    placed = [i for i, one in enumerate(chunk) if one.lon is not None and one.lat is not None]
    lons, lats = (np.array([getattr(chunk[i], name) for i in placed], dtype=float) for name in ("lon", "lat"))
    found = [("", "")] * len(chunk)
    for i, grid, community in zip(
        placed, areas.grids_at(lons, lats), areas.communities_at(lons, lats), strict=True
    ):
        found[i] = (grid, grid or community)
    return found


def _write(
    chunk: Sequence[PastCase], where: Sequence[tuple[str, str]], keys: dict[str, int], by: Actor
) -> None:
    days = Counter(one.day for one in chunk)
    cases = Prepared(Case, (_case(one, *place, keys) for one, place in zip(chunk, where, strict=True)))
    steps = Prepared(Step, (_step(one, by) for one in chunk))
    with transaction.atomic():
        waiting = {day: iter(numbers.reserve(day, count)) for day, count in days.items()}
        given = [next(waiting[one.day]) for one in chunk]
        cases.column("number", given)
        cases.insert()
        made = dict(Case.objects.filter(number__in=given).values_list("number", "pk"))
        steps.column("case_id", [made[number] for number in given])
        steps.insert()
        trail.record(
            by=by, verb="cases.import", object_kind="cases", object_id=given[0],
            details={"rows": len(given), "from": given[0], "to": given[-1]},
        )  # fmt: skip


def _case(one: PastCase, grid: str, area: str, keys: dict[str, int]) -> dict[str, Any]:
    return {
        "number": "", "outside_number": one.outside_number, "imported": True, "of_class_id": keys[one.class_code],
        "state": one.state, "open_since": standing.open_since(one.state, one.reported_at), "department": one.department,
        "source": one.source, "reported_at": one.reported_at, "closed_at": one.closed_at, "lon": one.lon, "lat": one.lat,
        "grid": grid, "area": area, "address": one.address, "description": one.description,
    }  # fmt: skip


def _step(one: PastCase, by: Actor) -> dict[str, Any]:
    return {
        "case_id": 0, "n": 1, "verb": "import", "from_state": "new", "to_state": one.state, "by": by.id,
        "post": acting.post_of(by, "cases.import"), "name": acting.name_of(by), "at": standing.moment(),
        "department": one.department,
    }  # fmt: skip
