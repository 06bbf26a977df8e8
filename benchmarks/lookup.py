"""What it costs to say which grid holds a point: one at a time, and a million against 3,000 grids.

The grids are outlines as a plan draws them, over a made city. The peer is shapely alone, in the same run: an STRtree queried with
a predicate, which gives a point on a border to several grids. Usage: ./run bench lookup [--points N] [--grids N] [--rounds N]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from wangge.cores.geo.zones import ZoneIndex

SINGLES = 20_000
UNITS_A_GRID = 10
SIDE = 0.5  # degrees
CORNER = np.array([111.0, 30.0])


def run(arguments: list[str]) -> dict[str, object]:
    """Seconds of processor time, ours and shapely's: medians of rounds that take turns."""
    parser = argparse.ArgumentParser(prog="bench lookup")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--grids", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    shapes = made_grids(asked.grids)
    points = np.random.default_rng(2).uniform(0.0, SIDE, (asked.points, 2)) + CORNER
    zones = ZoneIndex([f"{i:05d}" for i in range(len(shapes))], list(shapely.to_wkb(shapes)))
    tree = shapely.STRtree(shapes)
    same(zones, tree, points[:100_000])
    singles = points[:SINGLES].tolist()
    sides: dict[str, Callable[[], object]] = {
        "million_ours_s": lambda: zones.positions(points[:, 0], points[:, 1]),
        "million_shapely_s": lambda: tree.query(shapely.points(points), predicate="intersects"),
        "single_ours_us": lambda: [zones.locate(x, y) for x, y in singles],
        "single_shapely_us": lambda: [tree.query(shapely.Point(p), predicate="intersects") for p in singles],
    }
    spent: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(asked.rounds):
        for name, side in sides.items():
            spent[name].append(cpu_s(side))
    medians = {name: statistics.median(times) for name, times in spent.items()}
    each = {name: 1e6 / len(singles) if name.startswith("single") else 1.0 for name in sides}
    corners = float(np.median(shapely.get_num_coordinates(shapes)))
    return {
        "points": len(points), "grids": len(shapes), "corners_a_grid": corners,
        **{name: round(medians[name] * each[name], 3) for name in sides},
    }  # fmt: skip


def made_grids(count: int) -> NDArray[np.object_]:
    """Outlines, in degrees, of grids of some ten buildings each that tile a square."""
    from scipy.spatial import cKDTree

    from wangge.cores.planner.borders.outlines import Drawing, outlines

    rng = np.random.default_rng(1)
    places, middles = rng.uniform(0, SIDE, (count * UNITS_A_GRID, 2)), rng.uniform(0, SIDE, (count, 2))
    grid = np.unique(cKDTree(middles).query(places)[1], return_inverse=True)[1]
    ground = shapely.box(0, 0, SIDE * 1e5, SIDE * 1e5)
    x, y = (places * 1e5).T
    drawn = outlines(x, y, grid, ["c"] * len(places), Drawing({"c": ground}))
    return np.asarray(shapely.transform(np.array(drawn, dtype=object), lambda m: m / 1e5 + CORNER))


def same(zones: ZoneIndex, tree: shapely.STRtree, points: NDArray[np.float64]) -> None:
    """Both must give the same answer before either is timed. Raises ``RuntimeError``."""
    point, zone = tree.query(shapely.points(points), predicate="intersects")
    theirs = np.full(len(points), len(zones))
    np.minimum.at(theirs, point, zone)
    ours = zones.positions(points[:, 0], points[:, 1])
    differing = np.flatnonzero((ours != theirs) & (theirs < len(zones)))
    if len(differing):
        raise RuntimeError(f"{len(differing)} of {len(points)} points lie in other grids for shapely")


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of processor time that it takes, of all threads."""
    started = time.process_time()
    work()
    return time.process_time() - started
