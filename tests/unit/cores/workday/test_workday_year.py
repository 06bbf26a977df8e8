"""A year is honest: nothing is lost, without chance it is the day model, and longer stairs make the day fuller."""

import numpy as np
import pytest

from wangge.cores.workday.ground import cut
from wangge.cores.workday.kernels import book
from wangge.cores.workday.load import average_day, minutes, ways
from wangge.cores.workday.settlements import settlement
from wangge.cores.workday.sheet_in import read_sheet
from wangge.cores.workday.simulation import CALM, simulate
from wangge.cores.workday.sweep import sweep

SHEET = read_sheet()


@pytest.fixture(scope="module")
def old():
    return {size: cut(settlement("old", 1, 1), size, 1) for size in (300, 800)}


def unaccounted(sums):
    """Arrivals that are neither settled nor open nor withdrawn."""
    ended = sums[..., [book.SETTLED, book.OPEN, book.WITHDRAWN]].sum(axis=-1)
    return sums[..., book.ARRIVED] - ended


@pytest.mark.parametrize("busy", [1.0, 3.0])
def test_every_arrival_is_settled_open_or_withdrawn(old, busy):
    sheet = SHEET.with_values({"cases.rate": 1.2 * busy, "visits.factor": busy})
    sums = simulate(sheet, old[800], 5, 2).sums
    assert (unaccounted(sums) == 0).all()
    assert unaccounted(sums.sum(axis=(0, 1))) == 0
    assert sums[..., book.WITHDRAWN].sum() > 0
    assert (sums[..., book.OPEN].sum() > 1000) == (busy > 1)


def test_the_sum_would_see_one_lost(old):
    sums = simulate(SHEET, old[800], 5, 1).sums
    sums[0, 0, book.SETTLED] -= 1
    assert unaccounted(sums).sum() == 1


def gap(old, sheet, is_random):
    """Minutes used in the year beside those of the day model, as a share."""
    used = simulate(sheet, old[300], 1, 1, is_random).figures()["used"][0]
    calm = SHEET.with_values(CALM)
    days = [sum(average_day(calm, beat, 800, 1).values()) for beat in old[300].beats]
    return abs(used / np.mean(days) - 1)


def test_without_chance_a_year_is_the_day_model(old):
    assert gap(old, SHEET.with_values(CALM), False) < 0.01


def test_the_hundredth_would_see_chance(old):
    assert gap(old, SHEET, True) > 0.01


def fills(old, sheet):
    cuts = list(old.values())
    return sweep(sheet, [one.households for one in cuts], [ways(one.beats, 4, 1) for one in cuts], 1, 200)


def test_longer_stairs_make_the_day_full_earlier(old):
    twice = SHEET.with_values({"stairs.seconds": 70.0})
    assert fills(old, twice).best < fills(old, SHEET).best - 5


def test_with_lifts_longer_stairs_change_nothing():
    lifts = {size: cut(settlement("lifts", 1, 1), size, 1) for size in (300, 800)}
    twice = SHEET.with_values({"stairs.seconds": 70.0})
    assert fills(lifts, twice).best == pytest.approx(fills(lifts, SHEET).best)


def test_a_light_year_is_on_time_and_a_heavy_one_is_not(old):
    light = simulate(SHEET, old[300], 1, 1).figures()
    heavy = simulate(SHEET.with_values({"cases.rate": 4.0}), old[800], 1, 1).figures()
    assert light["on_time"][0] > 0.99
    assert heavy["on_time"][0] < 0.5
    assert heavy["overtime"][0] > light["overtime"][0] + 15


def test_the_same_seed_gives_the_same_year_and_another_another(old):
    first, again, other = (simulate(SHEET, old[300], seed, 1).sums for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_minutes_of_a_day_are_the_sum_of_its_parts(old):
    way = ways(old[300].beats, 4, 1)
    parts = minutes(SHEET.values, 300.0, way)
    assert parts["cases"] == pytest.approx(300 * 1.2 * 25 / (248 - 12))
    assert parts["duties"] == 120


def test_where_everything_is_assumed_all_the_variance_is(old):
    found = fills(old, SHEET)
    assert found.fills[0] < found.fills[1] < found.fills[2]
    assert found.assumed is not None
    assert 0.9 < found.assumed <= 1
    known = SHEET.with_values({row.code: row.value for row in SHEET.rows if row.assumption})
    assert fills(old, known).assumed == pytest.approx(0)
