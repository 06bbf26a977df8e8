"""A year of one grid, working day by working day: what arrives, what is done, what is open at the end."""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.kernels.compiled import entrance
from wangge.cores.planner.records import Floats
from wangge.cores.workday.kernels.book import (
    ARRIVED,
    DUE,
    FIXED,
    IDLE,
    MADE,
    OPEN,
    OPENED,
    OVERTIME,
    WITHDRAWN,
    WORKED,
    Matters,
    Place,
    Rules,
    arrive,
    new_book,
    take_back,
)
from wangge.cores.workday.kernels.outing import Way, go_out


@entrance
def year(place: Place, matters: Matters, rules: Rules, capacity: Floats, seed: int) -> Floats:
    """Run the working days of a year.

    :param capacity: for each working day, the share of a worker's day that this grid has (0 on leave without cover).
    :returns: 13 sums, in the order of `book.ARRIVED` and those beside it.
    """
    np.random.seed(seed)
    days = len(capacity)
    most = int(matters.rate.sum() * days / 12.0 * 1.5) + 1000
    book, so_far, out = new_book(most), np.zeros(len(matters.minutes)), np.zeros(13)
    way = Way(np.zeros(most + 1, np.int64), np.zeros(len(place.x), np.int64), np.zeros(1))
    for today in range(days):
        arrive(book, place, matters, rules, today, today * 12 // days, so_far)
        out[WITHDRAWN] += take_back(book, today)
        share = capacity[today]
        if share <= 0.0:
            continue
        spent = go_out(book, place, matters, rules, way, today, share, out)
        out[WORKED] += share
        out[FIXED] += rules.fixed * share
        out[IDLE] += max(0.0, rules.work * share - spent)
        out[OVERTIME] += max(0.0, spent - rules.work * share)
    out[ARRIVED], out[OPEN] = book.size[MADE], book.size[OPENED]
    for i in range(book.size[OPENED]):  # open and late: due, and not on time
        out[DUE] += book.due[book.open_[i]] < days
    return out
