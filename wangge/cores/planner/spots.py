"""Spots: the distinct places of many units, and which of them are Gabriel neighbours."""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.records import Floats, Ints

SAME_M = 0.01  # units closer than this stand at one spot


def distinct(x: Floats, y: Floats) -> tuple[Floats, Ints]:
    """Spots of n units.

    :returns: k x 2 metres, sorted, and the spot of each unit.
    """
    places, spot = np.unique(np.round(np.stack([x, y], axis=1) / SAME_M), axis=0, return_inverse=True)
    return places * SAME_M, spot.reshape(-1).astype(np.int64)


def gabriel(spots: Floats) -> Ints:
    """Pairs of distinct spots whose circle holds no other (Gabriel & Sokal 1969); a shortest tree is among them.

    :param spots: k x 2; :returns: m x 2 positions in it.
    """
    from scipy.spatial import Delaunay, QhullError

    if len(spots) < 3:
        return _chain(spots)
    if len(spots) == 3:
        return _triangle(spots)
    # About their mean: squares of a plane's coordinates would eat the digits that tell near spots apart.
    spots = spots - spots.mean(axis=0)
    try:
        mesh = Delaunay(spots)
    except QhullError:  # all on one line
        return _chain(spots)
    corners = mesh.simplices.astype(np.int64)
    sides = np.concatenate([corners[:, [1, 2]], corners[:, [2, 0]], corners[:, [0, 1]]])
    beyond = corners.T.reshape(-1)
    # A corner beyond a side lies in the circle over it exactly if it sees the side under more than a right angle.
    arms = spots[sides] - spots[beyond][:, None]
    blocked = np.einsum("ij,ij->i", arms[:, 0], arms[:, 1]) < 0
    sides = np.sort(sides, axis=1)
    keys, index = np.unique(sides[:, 0] * len(spots) + sides[:, 1], return_inverse=True)
    blocked_keys = np.bincount(index.reshape(-1), blocked, len(keys)) > 0
    pairs = np.stack(np.divmod(keys[~blocked_keys], len(spots)), axis=1)
    # Spots that rounding kept out of the mesh hang on the nearest one.
    return np.concatenate([pairs, mesh.coplanar[:, [0, 2]].astype(np.int64).reshape(-1, 2)])


def delaunay(spots: Floats) -> Ints:
    """Pairs of distinct spots that are corners of one Delaunay triangle; the Gabriel neighbours are among them.

    :param spots: k x 2; :returns: m x 2 positions in it.
    """
    from scipy.spatial import Delaunay, QhullError

    if len(spots) < 3:
        return _chain(spots)
    try:
        corners = Delaunay(spots - spots.mean(axis=0)).simplices.astype(np.int64)
    except QhullError:  # all on one line
        return _chain(spots)
    sides = np.concatenate([corners[:, [1, 2]], corners[:, [2, 0]], corners[:, [0, 1]]])
    return np.unique(np.sort(sides, axis=1), axis=0)


def _triangle(spots: Floats) -> Ints:
    sides = np.array([[0, 1], [1, 2], [0, 2]])
    squares = np.sum((spots[sides[:, 0]] - spots[sides[:, 1]]) ** 2, axis=1)
    longest = int(np.argmax(squares))
    return np.delete(sides, longest, axis=0) if 2 * squares[longest] > squares.sum() else sides


def _chain(spots: Floats) -> Ints:
    """Spots on one line, each linked to the next."""
    order = np.lexsort((spots[:, 1], spots[:, 0]))
    return np.stack([order[:-1], order[1:]], axis=1)
