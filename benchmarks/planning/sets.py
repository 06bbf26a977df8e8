"""Sets of data: pairs of files `NAME_units.parquet` and `NAME_edges.parquet` in a folder, and what is made from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from wangge.cores.planner.intake.files import read_edges, read_units
from wangge.cores.planner.records import Edges, Ints, Units

GAP_M = 1000.0


@dataclass(frozen=True)
class City:
    """A set of data and the files that it stands in, as `wangge plan --units --edges` reads them."""

    name: str
    units: Units
    edges: Edges
    units_file: Path
    edges_file: Path


def names_in(folder: Path) -> list[str]:
    """The sets of a folder, by name."""
    return sorted(one.name.removesuffix("_units.parquet") for one in folder.glob("*_units.parquet"))


def read(folder: Path, name: str) -> City:
    """Read one set. Raises `TableError` for bad rows, `OSError` for a file that isn't there."""
    files = folder / f"{name}_units.parquet", folder / f"{name}_edges.parquet"
    units = read_units(files[0])
    return City(name, units, read_edges(files[1], len(units)), *files)


def write(folder: Path, name: str, units: Units, edges: Edges) -> City:
    """Write a set in the same format."""
    import pyarrow as pa
    from pyarrow import parquet

    files = folder / f"{name}_units.parquet", folder / f"{name}_edges.parquet"
    columns = {
        "unit_id": list(units.ids), "x": units.x, "y": units.y, "households": units.households,
        "community": list(units.community), "area_m2": units.area_m2, "perim_m": units.perim_m,
    }  # fmt: skip
    links = {"u": edges.u, "v": edges.v, "border_m": edges.border_m, "len_m": edges.len_m}
    for file, table in zip(files, (columns, links), strict=True):
        parquet.write_table(pa.table({name: one for name, one in table.items() if one is not None}), file)
    return City(name, units, edges, *files)


def tiled(units: Units, edges: Edges, times: int) -> tuple[Units, Edges]:
    """The same city several times side by side, its communities named apart: larger, and no new evidence."""
    n, width = len(units), float(np.ptp(units.x)) + GAP_M

    def again(column: np.ndarray | None) -> np.ndarray | None:
        return None if column is None else np.tile(column, times)

    copies = np.repeat(np.arange(times), n)
    larger = Units(
        [f"{name}/{copy}" for copy in range(times) for name in units.ids],
        np.tile(units.x, times) + copies * width,
        np.tile(units.y, times),
        np.tile(units.households, times),
        [f"{name}/{copy}" for copy in range(times) for name in units.community],
        again(units.area_m2),
        again(units.perim_m),
    )
    shift = np.repeat(np.arange(times), len(edges)) * n
    links = Edges(np.tile(edges.u, times) + shift, np.tile(edges.v, times) + shift, again(edges.border_m), again(edges.len_m))  # fmt: skip
    return larger, links


def before_and_after(units: Units, share: float, seed: int) -> tuple[Units, Units, Ints]:
    """A city before and after a change of `share` of its units, drawn at random.

    Half of the drawn ones stood before and are empty after (buildings that vanished), half were empty before and stand after
    (new ones). The ground and who is next to whom stay, so that the change is one of households alone.

    :returns: before, after, and the households of each unit that stood both before and after.
    """
    peopled = np.flatnonzero(units.households > 0)
    count = max(2, round(share * len(units)))
    drawn = np.random.default_rng(seed).choice(peopled, count, replace=False)
    vanished, new = drawn[: count // 2], drawn[count // 2 :]
    before, after, stayed = (units.households.copy() for _ in range(3))
    before[new], after[vanished], stayed[drawn] = 0, 0, 0
    return replace(units, households=before), replace(units, households=after), stayed
