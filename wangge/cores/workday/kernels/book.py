"""What is open in a grid: matters that arrived, are waited for, are taken back by their origin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.records import Floats, Ints
from wangge.cores.workday.kernels.days import pick

ARRIVED, SETTLED, OPEN, WITHDRAWN, DUE, ON_TIME, IDLE, OVERTIME, WALK, CLIMB, DOOR, FIXED, WORKED = range(13)
"""What a row of results holds: six counts of matters, six sums of minutes, worker-days."""


class Place(NamedTuple):
    """A grid's buildings: positions in metres, running shares of households, floors, lift (1 or 0); where a day begins."""

    x: Floats
    y: Floats
    shares: Floats
    floors: Ints
    lift: Ints
    home: int


class Matters(NamedTuple):
    """Kinds of work: arrivals a working day by month (k x 12), minutes, days until due, chance in vain, 1 if at a door."""

    rate: Floats
    minutes: Floats
    due: Ints
    vain: Floats
    doors: Ints


class Rules(NamedTuple):
    """How a day goes.

    Minutes of a metre, of a floor (up and down), of a ride, of a vain attempt; of the day, of its fixed duties, of overtime
    at most; attempts at most; days until the next; the share that its origin takes back before it is due; the coefficient of
    variation of the minutes; whether arrivals are drawn by chance.
    """

    metre: float
    floor: float
    ride: float
    vain: float
    work: float
    fixed: float
    overtime: float
    attempts: int
    back: int
    withdrawn: float
    spread: float
    is_random: bool


class Book(NamedTuple):
    """Every matter of the year by number, and which of them are open (the first `size[OPENED]` of `open_`)."""

    kind: Ints
    where: Ints
    floor: Ints
    due: Ints
    ready: Ints
    tries: Ints
    gone: Ints
    open_: Ints
    size: Ints


OPENED, MADE = 0, 1


@kernel
def new_book(most: int) -> Book:
    """Room for `most` matters."""
    row = np.zeros((8, most), np.int64)
    return Book(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], np.zeros(2, np.int64))


@kernel
def strike(book: Book, i: int) -> None:
    """Take the i-th open matter off the open ones."""
    book.size[OPENED] -= 1
    book.open_[i] = book.open_[book.size[OPENED]]


@kernel
def _arrivals(rate: float, before: float, is_random: bool) -> int:
    """Arrivals of a day: by chance, or as evenly as whole numbers go."""
    if is_random:
        return np.random.poisson(rate)
    return int(np.floor(before + rate + 1e-9)) - int(np.floor(before + 1e-9))


@kernel
def arrive(
    book: Book, place: Place, matters: Matters, rules: Rules, today: int, month: int, so_far: Floats
) -> None:
    """Write down what arrives today. `so_far` (k) sums up what was expected until now."""
    for k in range(len(matters.minutes)):
        rate = matters.rate[k, month]
        for _ in range(_arrivals(rate, so_far[k], rules.is_random)):
            item, b = book.size[MADE], pick(place.shares)
            if item == len(book.kind):
                raise ValueError("more arrived than there is room for")
            book.kind[item], book.where[item] = k, b
            book.floor[item] = np.random.randint(0, place.floors[b]) if matters.doors[k] else 0
            book.due[item], book.ready[item], book.gone[item] = today + matters.due[k], today, -1
            if matters.due[k] > 0 and np.random.random() < rules.withdrawn:
                book.gone[item] = today + np.random.randint(1, matters.due[k] + 1)
            book.open_[book.size[OPENED]] = item
            book.size[OPENED] += 1
            book.size[MADE] += 1
        so_far[k] += rate


@kernel
def take_back(book: Book, today: int) -> int:
    """Strike what its origin takes back today; how many that are."""
    taken, i = 0, 0
    while i < book.size[OPENED]:
        if 0 <= book.gone[book.open_[i]] <= today:
            strike(book, i)
            taken += 1
        else:
            i += 1
    return taken
