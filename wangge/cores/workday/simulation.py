"""A year of a whole city at one size: every grid its arrivals, every worker a leave, a neighbour who covers with half a day.

What a neighbour gives is missing at home: substitution moves minutes, it makes none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.records import Floats, Ints
from wangge.cores.workday.ground import Beat, Cut
from wangge.cores.workday.load import visits, working_minutes
from wangge.cores.workday.sheet import Sheet

if TYPE_CHECKING:
    from wangge.cores.workday.kernels.book import Matters, Place, Rules

CALM = {"withdrawn.share": 0.0, "vain.share": 0.0, "refused.share": 0.0, "year.leave": 0.0, "minutes.spread": 0.0} | {
    f"season.{what}.{month:02}": 1.0 for what in ("visits", "cases") for month in range(1, 13)
}  # fmt: skip
"""A year without chance: with these and even arrivals it must equal the day model."""
FIGURES = ("on_time", "idle", "overtime", "cost", "used")
"""Share of what was due that was settled on time; idle and overtime minutes a worker-day; cost of a household and year;
minutes used a worker-day."""


@dataclass(frozen=True, eq=False)
class Years:
    """`sums`: replications x grids x 13, in the order of `kernels.book.ARRIVED`; `households`: of each grid."""

    size: int
    sums: Floats
    households: Ints
    cost_of_day: float

    def figures(self) -> dict[str, Floats]:
        """Each of `FIGURES` over the city, one a replication."""
        from wangge.cores.workday.kernels import book

        total = self.sums.sum(axis=1)
        days = total[:, book.WORKED]
        used = total[:, [book.WALK, book.CLIMB, book.DOOR, book.FIXED]].sum(axis=1)
        return {
            "on_time": total[:, book.ON_TIME] / np.maximum(total[:, book.DUE], 1.0),
            "idle": total[:, book.IDLE] / days,
            "overtime": total[:, book.OVERTIME] / days,
            # Paid are all days of the year, leave too.
            "cost": np.full(len(total), self.cost_of_day * len(self.households) / self.households.sum()),
            "used": used / days,
        }


def simulate(
    sheet: Sheet, cut: Cut, seed: int, replications: int = 5, is_random: bool = True,
    progress: Callable[[], None] | None = None,
) -> Years:  # fmt: skip
    """Run `replications` years of every grid. The same sheet, cut and seed give the same years.

    :param is_random: whether arrivals are drawn (Poisson, by month) or come as evenly as whole numbers go.
    """
    from wangge.cores.workday.kernels.year import year

    rules = _rules(sheet, is_random)
    days = int(sheet.values["year.days"])
    sums = np.zeros((replications, len(cut.beats), 13))
    for turn in range(replications):
        capacity = _capacity(sheet, cut, days, np.random.default_rng([seed, cut.size, turn]))
        for number, beat in enumerate(cut.beats):
            mine = int(np.random.SeedSequence([seed, cut.size, turn, number]).generate_state(1)[0])
            sums[turn, number] = year(_place(beat), _matters(sheet, beat), rules, capacity[number], mine)
        if progress is not None:
            progress()
    households = np.array([beat.households for beat in cut.beats])
    return Years(cut.size, sums, households, sheet.values["day.cost"] * days)


def _place(beat: Beat) -> Place:
    from wangge.cores.workday.kernels import book

    return book.Place(beat.x, beat.y, beat.shares, beat.floors, beat.lift, beat.home)


def _matters(sheet: Sheet, beat: Beat) -> Matters:
    """Programmes first, cases last."""
    from wangge.cores.workday.kernels import book

    values, names, days = sheet.values, sheet.programmes, sheet.values["year.days"]
    seasons = {w: [values[f"season.{w}.{month:02}"] for month in range(1, 13)] for w in ("visits", "cases")}
    yearly = [
        *(visits(values, beat.households, name) for name in names),
        beat.households * values["cases.rate"],
    ]
    shape = np.array([*([seasons["visits"]] * len(names)), seasons["cases"]])
    shape /= shape.mean(axis=1, keepdims=True)  # seasons move work about, they don't make it more
    vain = 1.0 - (1.0 - values["vain.share"]) * (1.0 - values["refused.share"])
    took = [values[f"visits.{name}.minutes"] * values["minutes.factor"] for name in names]
    due = [round(values[f"visits.{name}.due"]) for name in names]
    return book.Matters(
        np.array(yearly)[:, None] / days * shape,
        np.array([*took, values["cases.minutes"]]),
        np.array([*due, round(values["cases.due"])], np.int64),
        np.array([*([vain] * len(names)), 0.0]),
        np.array([*([1] * len(names)), 0], np.int64),
    )


def _rules(sheet: Sheet, is_random: bool) -> Rules:
    from wangge.cores.workday.kernels import book

    values = sheet.values
    return book.Rules(
        values["walk.detour"] / values["walk.speed"] / 60.0, values["stairs.seconds"] / 60.0, values["lift.seconds"] / 60.0,
        values["vain.minutes"], float(working_minutes(values)), values["duties.minutes"], values["day.overtime"],
        round(values["vain.attempts"]), round(values["vain.back"]), values["withdrawn.share"], values["minutes.spread"],
        is_random,
    )  # fmt: skip


def _capacity(sheet: Sheet, cut: Cut, days: int, rng: np.random.Generator) -> Floats:
    """Grids x days: 1, or 0 on leave, or what the nearest neighbour who is there and covers nobody yet can give."""
    leave, cover = round(sheet.values["year.leave"]), sheet.values["year.cover"]
    share = np.ones((len(cut.beats), days))
    for grid in range(len(cut.beats)):
        share[grid, _absent(days, leave, rng)] = 0.0
    away = share == 0.0
    for day in np.flatnonzero(away.any(axis=0)):
        for one in np.flatnonzero(away[:, day]):
            free = [other for other in cut.near[one] if share[other, day] == 1.0]
            if free:
                share[free[0], day] -= cover
                share[one, day] = cover
    return share


def _absent(days: int, leave: int, rng: np.random.Generator) -> Ints:
    """Days of absence: weeks of five where they go in, single days for what is left."""
    weeks, single = divmod(leave, 5)
    chosen = rng.choice(days // 5, size=min(weeks, days // 5), replace=False)
    taken = (chosen[:, None] * 5 + np.arange(5)).ravel()
    left = np.setdiff1d(np.arange(days), taken)
    return np.concatenate([taken, rng.choice(left, size=min(single, len(left)), replace=False)]).astype(
        np.int64
    )
