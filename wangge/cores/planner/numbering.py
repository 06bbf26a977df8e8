"""The order grids are numbered in: along a Z-curve, so that near numbers are near places."""

from __future__ import annotations

import numpy as np

from wangge.cores.geo.morton import interleave
from wangge.cores.planner.records import Floats, Ints


def in_order(label: Ints, x: Floats, y: Floats) -> Ints:
    """Labels made dense (0 .. k-1), in the order of the grids' centres along a Z-curve from the south-west.

    :param label: any number for each unit; x, y: its position in metres.
    """
    _, dense = np.unique(label, return_inverse=True)
    count = np.bincount(dense)
    centre_x, centre_y = np.bincount(dense, x) / count, np.bincount(dense, y) / count
    # Of two grids with one centre the one with the more western, then more southern unit comes first.
    corner = np.full((2, len(count)), np.inf)
    np.minimum.at(corner[0], dense, x)
    np.minimum.at(corner[1], dense, y)
    curve = interleave(_metres(centre_x), _metres(centre_y))
    order = np.lexsort((corner[1], corner[0], curve))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return place[dense]


def _metres(values: Floats) -> Ints:
    """Whole metres from the least, within 31 bits."""
    return np.minimum(values - values.min(), 2.0**31 - 1).astype(np.int64)
