"""Making a plan: the planner on the buildings of each community, its grids' outlines and codes, and the report."""

from __future__ import annotations

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
from wangge.work.planning.records import OutOfRange, PlanSettings, Report

if TYPE_CHECKING:
    from wangge.work.planning.drawing import Drawn

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
    new: bool


def make_plan(prefix: str, settings: PlanSettings, progress: Progress | None = None) -> Made:
    """Plan the buildings of an area; raises ``Invalid`` where there are none, or where codes run out."""
    from wangge.work.planning.drawing import draw

    started = perf_counter()
    table = columns.buildings(prefix=prefix)
    homeless = sum(1 for code in table.column("community").to_pylist() if not code)
    if homeless == table.num_rows:
        raise Invalid(
            "nothing_to_plan", _("There are no buildings in %(area)s.") % {"area": prefix or "*"},
            advice=_("Load the buildings first, each with its community."),
        )  # fmt: skip
    drawn = draw(table, columns.grounds(prefix=prefix), settings, progress)
    coded = _coded(drawn, prefix)
    names = areas.community_names()
    grids = [
        GridRow(
            one.code, one.drawn.wkb, households=one.drawn.households,
            name=_name(names.get(one.drawn.community, ""), one),
        )
        for one in coded
    ]  # fmt: skip
    memberships = {building: one.code for one in coded for building in one.drawn.buildings}
    return Made(grids, memberships, _report(coded, settings, homeless, perf_counter() - started))


def _coded(drawn: Sequence[Drawn], prefix: str) -> list[Coded]:
    digits, given = city.value("grid_code_digits"), areas.codes_given(prefix)
    former = areas.grids_of_buildings(prefix)
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
        coded += [Coded(code, one, code not in given) for code, one in zip(codes, grids, strict=True)]
    return sorted(coded, key=lambda one: one.code)


def _name(community: str, one: Coded) -> str:
    return f"{community}第{int(one.code[len(one.drawn.community) :])}网格" if community else ""


def _report(coded: Sequence[Coded], settings: PlanSettings, homeless: int, seconds: float) -> Report:
    sizes = [one.drawn.households for one in coded]
    outside = [one for one in coded if not settings.low <= one.drawn.households <= settings.high]
    return Report(
        communities=len({one.drawn.community for one in coded}),
        buildings=sum(len(one.drawn.buildings) for one in coded), households=sum(sizes), grids=len(coded),
        in_range=len(coded) - len(outside), smallest=min(sizes), largest=max(sizes),
        out_of_range=[
            OutOfRange(
                grid=one.code, households=one.drawn.households, verdict=one.drawn.verdict, reason=one.drawn.reason
            )
            for one in outside
        ],
        without_community=homeless, new_codes=sum(one.new for one in coded), seconds=round(seconds, 2),
    )  # fmt: skip
