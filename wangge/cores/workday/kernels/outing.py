"""One day's work: the list is filled by due date, then by nearness, as long as it fits; what is due may run into overtime.

The way is a tour made by cheapest insertion and then solved (`tours`). Where nobody opened, the worker comes back some days
later; after so many attempts the matter goes back to its origin.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.records import Floats, Ints
from wangge.cores.workday.kernels.book import (
    CLIMB,
    DOOR,
    DUE,
    ON_TIME,
    OPENED,
    SETTLED,
    WALK,
    WITHDRAWN,
    Book,
    Matters,
    Place,
    Rules,
    strike,
)
from wangge.cores.workday.kernels.tours import improve, leg, round_length


class Way(NamedTuple):
    """The tour as far as it goes, the highest floor climbed in each building, and [metres] of the tour."""

    order: Ints
    highest: Ints
    metres: Floats


@kernel
def _next(book: Book, place: Place, today: int, last: int) -> int:
    """Which open matter is due first, the nearest to the last stop among equals; -1 if none is ready."""
    best, best_far = -1, 0.0
    for i in range(book.size[OPENED]):
        item = book.open_[i]
        if book.ready[item] > today or (best >= 0 and book.due[item] > book.due[book.open_[best]]):
            continue
        far = leg(place.x, place.y, last, book.where[item])
        if best < 0 or book.due[item] < book.due[book.open_[best]] or far < best_far:
            best, best_far = i, far
    return best


@kernel
def _cheapest(order: Ints, n: int, place: Place, b: int) -> tuple[int, float]:
    """Behind which place of the tour building b lengthens it least, and by how many metres."""
    best, at = np.inf, 0
    for i in range(n):
        here, there = order[i], order[(i + 1) % n]
        more = leg(place.x, place.y, here, b) + leg(place.x, place.y, b, there)
        more -= leg(place.x, place.y, here, there)
        if more < best:
            best, at = more, i
    return at, best


@kernel
def _insert(way: Way, n: int, at: int, b: int, more: float) -> None:
    for j in range(n, at + 1, -1):
        way.order[j] = way.order[j - 1]
    way.order[at + 1] = b
    way.metres[0] += more


@kernel
def _solve(way: Way, n: int, place: Place) -> None:
    improve(way.order, n, place.x, place.y)
    way.metres[0] = round_length(way.order, n, place.x, place.y)


@kernel
def _up(book: Book, place: Place, rules: Rules, way: Way, item: int) -> float:
    """Minutes to the door from the ground, beyond what is climbed in that staircase anyway."""
    b = book.where[item]
    if place.lift[b]:
        return rules.ride if book.floor[item] > 0 else 0.0
    return rules.floor * max(0, book.floor[item] - way.highest[b])


@kernel
def _visit(book: Book, matters: Matters, rules: Rules, i: int, today: int, out: Floats) -> float:
    """Be there: settle it, or in vain. Minutes that it took."""
    item = book.open_[i]
    k = book.kind[item]
    book.tries[item] += 1
    if matters.vain[k] > 0.0 and np.random.random() < matters.vain[k]:
        if book.tries[item] < rules.attempts:
            book.ready[item] = today + rules.back
        else:
            strike(book, i)
            out[WITHDRAWN] += 1
        return rules.vain
    strike(book, i)
    out[SETTLED] += 1
    out[DUE] += 1
    out[ON_TIME] += today <= book.due[item]
    if rules.spread <= 0.0:
        return matters.minutes[k]
    return np.random.gamma(1.0 / rules.spread**2, matters.minutes[k] * rules.spread**2)


@kernel
def go_out(
    book: Book, place: Place, matters: Matters, rules: Rules, way: Way, today: int, share: float, out: Floats
) -> float:
    """Work the share of a day that the grid has; minutes spent, fixed duties included."""
    spent, n, last, is_solved = rules.fixed * share, 1, place.home, True
    way.order[0], way.metres[0] = place.home, 0.0
    way.highest[:] = 0
    while True:
        i = _next(book, place, today, last)
        if i < 0:
            break
        item = book.open_[i]
        b = book.where[item]
        at, more = _cheapest(way.order, n, place, b)
        up = _up(book, place, rules, way, item)
        limit = share * (rules.work + (rules.overtime if book.due[item] <= today else 0.0))
        expected = spent + (way.metres[0] + more) * rules.metre + up + matters.minutes[book.kind[item]]
        if expected > limit and is_solved:
            break
        if expected > limit:  # a solved tour may leave room for one more
            _solve(way, n, place)
            is_solved = True
            continue
        _insert(way, n, at, b, more)
        n, last, is_solved = n + 1, b, False
        way.highest[b] = max(way.highest[b], book.floor[item])
        took = _visit(book, matters, rules, i, today, out)
        out[CLIMB] += up
        out[DOOR] += took
        spent += up + took
    _solve(way, n, place)
    out[WALK] += way.metres[0] * rules.metre
    return spent + way.metres[0] * rules.metre
