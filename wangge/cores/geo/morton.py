"""Morton codes: one whole number for a place, so that a B-tree finds what lies in a box.

Longitude and latitude are cut into 2^BITS steps each and their bits interleaved (Morton 1966). At 26 bits a step is
5.4e-6 degrees of longitude (0.6 m at the equator) and 2.7e-6 of latitude (0.3 m); codes stay below 2^52, exact in a
double too. Codes near each other are near places, though near places may have codes far apart: a box is a few ranges.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

BITS = 26
_STEPS = 1 << BITS
_MASKS = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)

MOST_QUADRANTS = 4096
"""A box that leaves out less than a quadrant along its whole side has twice the quadrants there at each cut, all in one range."""

Box = tuple[float, float, float, float]


def encode(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """Codes of points.

    :param lon, lat: degrees, scalar or any shape; what is beyond -180..180 or -90..90 counts to the edge.
    :returns: int64 of the same shape.
    """
    return interleave(_steps(lon, 360.0), _steps(lat, 180.0))


def encode_one(lon: float, lat: float) -> int:
    """The code of one point."""
    return int(encode(lon, lat))


def interleave(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """Whole numbers below 2^31 interleaved bit by bit, y above x."""
    code = _spread(np.asarray(y)) << np.uint64(1) | _spread(np.asarray(x))
    return code.astype(np.int64)


def ranges(box: Box, max_ranges: int = 16) -> list[tuple[int, int]]:
    """Ranges of codes (both ends included, ascending, apart) that hold every point of a box, its edges too.

    :param box: west, south, east, north in degrees; west > east means a box across 180 degrees.
    :param max_ranges: at most so many (for a box across 180 degrees: at least two); more of them fit more closely.
    :raises ValueError: for a box upside down, or max_ranges below 1.
    """
    west, south, east, north = box
    if max_ranges < 1 or south > north:
        raise ValueError(f"a box needs south <= north and a range at least: {box}, {max_ranges}")
    if west > east:
        half = max(1, max_ranges // 2)
        return _joined(
            ranges((west, south, 180.0, north), half)
            + ranges((-180.0, south, east, north), max(1, max_ranges - half))
        )
    low = int(_steps(west, 360.0)), int(_steps(south, 180.0))
    high = int(_steps(east, 360.0)), int(_steps(north, 180.0))
    # From the smallest quadrant that holds the box, cut those on its edge into four while the ranges are few enough.
    up = max((low[0] ^ high[0]).bit_length(), (low[1] ^ high[1]).bit_length())
    cover = [(low[0] >> up << up, low[1] >> up << up, up)]
    found = _ranges_of(cover)
    while True:
        finer = [part for quadrant in cover for part in _parts(quadrant, low, high)]
        if finer == cover or len(finer) > MOST_QUADRANTS:
            return found
        closer = _ranges_of(finer)
        if len(closer) > max_ranges:
            return found
        cover, found = finer, closer


def _steps(degrees: ArrayLike, turn: float) -> NDArray[np.int64]:
    share = (np.asarray(degrees, dtype=np.float64) / turn + 0.5) * _STEPS
    return np.clip(np.floor(share), 0, _STEPS - 1).astype(np.int64)


def _parts(
    quadrant: tuple[int, int, int], low: tuple[int, int], high: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """The quadrant itself if the box holds it whole or it is one step, else its quarters that meet the box."""
    x, y, up = quadrant
    side = (1 << up) - 1
    if up == 0 or (low[0] <= x and low[1] <= y and x + side <= high[0] and y + side <= high[1]):
        return [quadrant]
    half = 1 << (up - 1)
    quarters = [(x + dx, y + dy, up - 1) for dy in (0, half) for dx in (0, half)]
    return [
        (qx, qy, q)
        for qx, qy, q in quarters
        if qx <= high[0] and qy <= high[1] and qx + half > low[0] and qy + half > low[1]
    ]


def _ranges_of(cover: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The codes inside quadrants, joined where they follow each other."""
    x, y, up = np.array(cover, dtype=np.int64).T
    first = interleave(x, y)
    last = first + (np.int64(1) << 2 * up) - 1
    return _joined(list(zip(first.tolist(), last.tolist(), strict=True)))


def _joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for low, high in sorted(parts):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _spread(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A zero between every two bits."""
    x = values.astype(np.uint64)
    for shift, mask in _MASKS:
        x = (x | x << np.uint64(shift)) & np.uint64(mask)
    return x
