"""Every connected set of units that could be one grid: what a grid can be around here, listed to the last.

Where units are houses of a hundred households a grid is a handful of them and the list is short; where they are small
blocks it outgrows any limit, and the caller does without.
"""

from __future__ import annotations

from wangge.cores.planner.proving.ground import Ground, members


class TooMany(Exception):
    """There are more sets than the caller can take."""


def grids_touching(ground: Ground, touched: int, within: int, unfit: bool, most: int) -> list[int]:
    """All connected sets that touch some units, each once: those in range, those of one giant, and others if asked.

    No set holds more than high + low, a giant counting high + 1: what it could lose would be another grid.

    :param unfit: list the sets out of range too.
    :param most: how many steps to take.
    :raises TooMany: if the list isn't complete by then.
    """
    found: list[int] = []
    banned, steps = ground.whole & ~within, 0
    for seed in members(touched):
        bit = 1 << seed
        todo = [(bit, ground.capped[seed], ground.near[seed], banned | bit)]
        banned |= bit
        while todo:
            steps += 1
            if steps > most:
                raise TooMany
            taken, size, edge, shut = todo.pop()
            if unfit or (size >= ground.low and (size <= ground.high or taken & ground.giants)):
                found.append(taken)
            for u in members(edge & ~shut):
                shut |= 1 << u
                more = size + ground.capped[u]
                if more <= _most(ground, taken | 1 << u, unfit):
                    todo.append((taken | 1 << u, more, edge | ground.near[u], shut))
    return found


def _most(ground: Ground, units: int, unfit: bool) -> int:
    """The most households that a set may grow to."""
    return ground.high + (ground.low if unfit or units & ground.giants else 0)
