"""Our own plans, made and measured as anybody makes them: by `wangge plan`, in processes of their own."""

from __future__ import annotations

import csv
import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.planning import judge, measuring, sets
from benchmarks.planning.scorer import Score, score
from benchmarks.planning.sets import City
from wangge.cores.planner.records import Ints

WANGGE = [sys.executable, "-m", "wangge.entry.site"]
CHANGED, SEED = 0.02, 1


@cache
def knows(option: str) -> bool:
    """Whether this version of `wangge plan` has an option."""
    said = subprocess.run([*WANGGE, "plan", "--help"], capture_output=True, text=True, check=True).stdout
    return option in said.split()


def measured(city: City, low: int, high: int, times: int, folder: Path) -> dict[str, object]:
    """The planning pass alone, the whole process cold and warm, and the score of what it wrote."""
    out = folder / "plan.csv"
    calls = warm_calls(city, low, high, times)
    with TemporaryDirectory(dir=folder) as empty:
        cold = measuring.checked(plan(city, low, high, out), {**os.environ, "NUMBA_CACHE_DIR": empty})
    warm = measuring.checked(plan(city, low, high, out))
    return {
        "cpu_s": round(statistics.median(cpu for cpu, _ in calls), 2),
        "cpu_s_each": [round(cpu, 2) for cpu, _ in calls],
        "wall_s": round(statistics.median(wall for _, wall in calls), 2),
        "process_cold": cold.figures,
        "process_warm": warm.figures,
        **judged(city, out, low, high),
    }


def warm_calls(city: City, low: int, high: int, times: int) -> list[list[float]]:
    """Processor and wall seconds of each of several planning passes in one warm process."""
    asked = [city.units_file, city.edges_file, low, high, times]
    took = measuring.checked([sys.executable, "-m", "benchmarks.planning.warm_call", *map(str, asked)])
    return json.loads(took.said.splitlines()[-1])


def proved(city: City, low: int, high: int, folder: Path) -> dict[str, object]:
    """The second pass: what became of the grids out of range, and whether `wangge plan-prove` holds its certificates."""
    out, verdicts = folder / "proved.csv", folder / "verdicts.json"
    first = measuring.checked(plan(city, low, high, folder / "plan.csv"))
    both = measuring.checked(plan(city, low, high, out, "--verdicts", str(verdicts)))
    kinds: Counter[str] = Counter()
    for one in json.loads(verdicts.read_text(encoding="utf-8"))["verdicts"]:
        kinds[one["verdict"]] += len(one["grid_ids"])
    check = [*WANGGE, "plan-prove", str(out), *files(city), "--verdicts", str(verdicts)]
    checking = measuring.run(check)
    return {
        "cpu_s": round(both.cpu_s - first.cpu_s, 2),
        "process": both.figures,
        **{kind: kinds[kind] for kind in ("repaired", "proven", "undecided")},
        "plan_prove": {"status": checking.status, "cpu_s": round(checking.cpu_s, 2)},
        **judged(city, out, low, high),
    }


def scaled(city: City, copies: int, low: int, high: int, folder: Path) -> dict[str, object]:
    """Many copies of a city side by side: time and memory."""
    larger = sets.write(folder, f"{city.name}x{copies}", *sets.tiled(city.units, city.edges, copies))
    ((cpu, wall),) = warm_calls(larger, low, high, 1)
    whole = measuring.checked(plan(larger, low, high, folder / "plan.csv"))
    return {
        "units": len(larger.units),
        "cpu_s": round(cpu, 2),
        "wall_s": round(wall, 2),
        "process_warm": whole.figures,
        **judged(larger, folder / "plan.csv", low, high),
    }


def planned_again(city: City, low: int, high: int, folder: Path) -> dict[str, object]:
    """After a change of two units in a hundred: households whose grid is another, planned again and afresh."""
    before, after, stayed = sets.before_and_after(city.units, CHANGED, SEED)
    old = sets.write(folder, f"{city.name}-before", before, city.edges)
    new = sets.write(folder, f"{city.name}-after", after, city.edges)
    former, afresh, again = (folder / f"{name}.csv" for name in ("former", "afresh", "again"))
    measuring.checked(plan(old, low, high, former))
    measuring.checked(plan(new, low, high, afresh))
    found: dict[str, object] = {"afresh_pct": moved_pct(old, former, afresh, stayed)}
    if knows("--former"):
        _note_households(former, old)
        took = measuring.checked(plan(new, low, high, again, "--former", str(former)))
        same_code = np.array(grids(old, former)) == np.array(grids(new, again))
        found |= {
            "former_pct": moved_pct(old, former, again, stayed),
            "former_by_code_pct": round(100 * (1 - float(stayed[same_code].sum() / stayed.sum())), 2),
            "process": took.figures,
            **judged(new, again, low, high),
        }
    return found


def _note_households(file: Path, city: City) -> None:
    """A former plan as an installation keeps it: with the households of each unit at that time."""
    rows = zip(city.units.ids, grids(city, file), city.units.households, strict=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("unit_id", "grid_id", "households"), *rows])


def moved_pct(city: City, one: Path, other: Path, households: Ints) -> float:
    """Households that change grid between two plans, in percent, the grids paired so that the fewest do.

    :param households: of each unit, those that are there in both.
    """
    from scipy.optimize import linear_sum_assignment

    a, b = (np.unique(grids(city, file), return_inverse=True)[1] for file in (one, other))
    common = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(common, (a, b), households)
    stay = common[linear_sum_assignment(common, maximize=True)].sum()
    return round(100 * (1 - float(stay / households.sum())), 2)


def plan(city: City, low: int, high: int, out: Path, *more: str) -> list[str]:
    """The command line."""
    return [*WANGGE, "plan", *files(city), "--out", str(out), "--low", str(low), "--high", str(high), *more]


def files(city: City) -> list[str]:
    return ["--units", str(city.units_file), "--edges", str(city.edges_file)]


def grids(city: City, file: Path) -> list[str]:
    """The grid of each unit of a written plan, in their order."""
    return judge.grids(file, city.units.ids)


def judged(city: City, file: Path, low: int, high: int) -> Score:
    return score(city.units, city.edges, grids(city, file), low, high)
