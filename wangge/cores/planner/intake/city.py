"""A whole city from its files: what the planner takes, or everything that is wrong with all of them."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.bands import Bands
from wangge.cores.planner.intake.buildings import Columns, read_rows
from wangge.cores.planner.intake.cities import City
from wangge.cores.planner.intake.communities import read_communities
from wangge.cores.planner.intake.composing import Wishes, compose
from wangge.cores.planner.intake.faults import Faults
from wangge.cores.planner.intake.shapes import AREAS, LINES, POINTS, Layer, Source, read_layer
from wangge.cores.planner.records import Settings


@dataclass(frozen=True)
class Sources:
    """The files of a city; only that of its buildings must be there.

    :param community_name: the column of `communities` that names them.
    :param footprints: whether neighbours come from footprints, where every building has one.
    """

    buildings: Source
    communities: Source | None = None
    community_name: str = ""
    roads: Source | None = None
    barriers: Source | None = None
    openings: Source | None = None
    apart: Source | None = None
    bands: Source | None = None
    footprints: bool = True


def read_city(sources: Sources, columns: Columns, settings: Settings) -> City:
    """Read and check all files of a city. What hangs on a file that is wrong itself is checked when that one is right.

    :raises TableError: naming every bad row of every file.
    :raises UnknownDatum: for a coordinate system that nobody knows.
    """
    faults, communities, bands, rows = Faults(), None, None, None
    ground: dict[str, Layer] = {}
    for name, kinds, expected in (
        ("roads", LINES + AREAS, said("a line or an area")),
        ("barriers", LINES + AREAS, said("a line or an area")),
        ("openings", POINTS + LINES, said("a point or a line")),
    ):
        if source := getattr(sources, name):
            with faults.gathered():
                ground[name] = read_layer(source, kinds, expected)
                ground[name].checks.finish()
    if sources.communities:
        with faults.gathered():
            communities = read_communities(sources.communities, sources.community_name)
    if sources.bands:
        with faults.gathered():
            bands = Bands(sources.bands, (settings.low, settings.high))
    with faults.gathered():
        rows = read_rows(sources.buildings, columns, communities)
        rows.finish()
    faults.finish()
    assert rows is not None
    return compose(rows, ground, bands, Wishes(sources.apart, sources.footprints), settings)
