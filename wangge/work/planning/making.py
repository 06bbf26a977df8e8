"""Making a plan: the planner on the buildings of each community, its grids' codes and names, and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from wangge.ground.areas import columns
from wangge.ground.areas import queries as areas
from wangge.ground.areas.records import GridRow
from wangge.platform.access.errors import Invalid
from wangge.platform.city import settings as city
from wangge.work.planning.codes import NewGrid, TooMany, number
from wangge.work.planning.drawing import Drawn, draw
from wangge.work.planning.naming import community_names, name_of
from wangge.work.planning.records import OutOfRange, PlanSettings, Report

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[int, int], None]


class Made(NamedTuple):
    """What the planner yields: grids, each building's grid, and the report."""

    grids: list[GridRow]
    memberships: dict[int, str]
    report: Report


class Coded(NamedTuple):
    """A drawn grid with its code."""

    code: str
    drawn: Drawn


def make_plan(prefix: str, settings: PlanSettings, progress: Progress | None = None) -> Made:
    """Plan the buildings of an area; raises ``Invalid`` where there are none, or where codes run out."""
    import pyarrow.compute as pc

    started = perf_counter()
    table = columns.buildings(prefix=prefix)
    housed = table.filter(pc.not_equal(table.column("community"), ""))
    if housed.num_rows == 0:
        raise Invalid(
            "nothing_to_plan", _("There are no buildings in %(area)s.") % {"area": prefix or "*"},
            advice=_("Load the buildings first, each with its community."),
        )  # fmt: skip
    given, former = areas.codes_given(prefix), areas.grids_of_buildings(prefix)
    if settings.way == "least_change" and not former:
        raise Invalid(
            "nothing_in_force", _("No grids are in force in %(area)s yet: there is nothing to start from.") % {"area": prefix or "*"},
            advice=_("Plan it afresh."),
        )  # fmt: skip
    drawn = draw(housed, columns.grounds(prefix=prefix), settings, former, progress)
    coded = _coded(drawn, former, given)
    names = community_names()
    grids = [
        GridRow(one.code, one.drawn.wkb, name=name_of(one.code, names), households=one.drawn.households)
        for one in coded
    ]
    report = Report(
        communities=len({one.drawn.community for one in coded}), buildings=housed.num_rows,
        households=sum(grid.households for grid in grids), grids=len(grids),
        in_range=sum(settings.low <= grid.households <= settings.high for grid in grids),
        smallest=min(grid.households for grid in grids), largest=max(grid.households for grid in grids),
        out_of_range=_out_of_range(coded, settings, housed, names),
        without_community=table.num_rows - housed.num_rows, new_codes=sum(one.code not in given for one in coded),
        seconds=round(perf_counter() - started, 2), walking=_walking(coded),
    )  # fmt: skip
    return Made(grids, {building: one.code for one in coded for building in one.drawn.buildings}, report)


def _walking(coded: Sequence[Coded]) -> dict[str, float]:
    """Household-metres by community."""
    found: dict[str, float] = {}
    for one in coded:
        found[one.drawn.community] = found.get(one.drawn.community, 0.0) + one.drawn.walk
    return found


def _coded(drawn: Sequence[Drawn], former: dict[int, str], given: set[str]) -> list[Coded]:
    digits = city.value("grid_code_digits")
    by_community: dict[str, list[Drawn]] = {}
    for one in drawn:
        by_community.setdefault(one.community, []).append(one)
    coded: list[Coded] = []
    for community, grids in sorted(by_community.items()):
        wanted = [NewGrid(one.buildings, one.lon, one.lat) for one in grids]
        try:
            codes = number(community, wanted, former=former, given=given, digits=digits)
        except TooMany as error:
            raise Invalid(
                "codes_run_out",
                _("Community %(community)s needs more grids than %(digits)s digits can number.")
                % {"community": error.community, "digits": error.digits},
                advice=_("Set grid_code_digits to a larger number."),
            ) from None
        coded += map(Coded, codes, grids)
    return sorted(coded, key=lambda one: one.code)


def _out_of_range(
    coded: Sequence[Coded], settings: PlanSettings, table: pa.Table, names: dict[str, str]
) -> list[OutOfRange]:
    """Each grid out of range, with what fills the sentence that says why (see ``words``)."""
    totals: Counter[str] = Counter()
    for one in coded:
        totals[one.drawn.community] += one.drawn.households
    named = dict(zip(table.column("building").to_pylist(), table.column("address").to_pylist(), strict=True))
    found = []
    for code, drawn in coded:
        if settings.low <= drawn.households <= settings.high:
            continue
        said = {
            "community": names.get(drawn.community, drawn.community), "total": str(totals[drawn.community]),
            "low": str(settings.low), "high": str(settings.high), "unit": named.get(drawn.unit) or str(drawn.unit),
            "unit_households": str(drawn.buildings.get(drawn.unit, 0)),
        }  # fmt: skip
        found.append(
            OutOfRange(
                grid=code, households=drawn.households, verdict=drawn.verdict, why=drawn.why, said=said
            )
        )
    return found
