"""Distances: over the sphere between degrees, and in a plane of metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_M = 6_371_008.8  # mean radius of GRS80 (2a + b) / 3


def great_circle(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> NDArray[np.float64]:
    """Metres between points given in degrees, by the haversine: within 0.5 % of the ellipsoid's distance.

    :returns: the broadcast shape of the inputs.
    """
    lon_1, lat_1, lon_2, lat_2 = (
        np.radians(np.asarray(a, dtype=np.float64)) for a in (lon_a, lat_a, lon_b, lat_b)
    )
    half = np.sin((lat_2 - lat_1) / 2) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin((lon_2 - lon_1) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def planar(x_a: ArrayLike, y_a: ArrayLike, x_b: ArrayLike, y_b: ArrayLike) -> NDArray[np.float64]:
    """Metres between points of a plane."""
    return np.asarray(np.hypot(np.subtract(x_b, x_a), np.subtract(y_b, y_a)), dtype=np.float64)
