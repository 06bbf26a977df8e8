"""What `wangge plan` does once it knows what is asked: reads, plans, writes, and says what came out."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from wangge.cores.planner.files_out import write_memberships
from wangge.cores.planner.records import Settings
from wangge.cores.planner.report import report, report_moves

if TYPE_CHECKING:
    from wangge.cores.planner.records import Bands, Edges, Plan, Units

MEMBERS = ("unit_id", "grid_id")


def plan_buildings(asked: argparse.Namespace) -> int:
    """Plan a building file; returns the exit status. Raises ``TableError``, ``UnknownDatum``, ``OSError``."""
    from wangge.cores.planner.borders.exports import WRITERS
    from wangge.cores.planner.intake.city import read_city
    from wangge.cores.planner.intake.options import columns, sources

    city = read_city(sources(asked), columns(asked), _settings(asked))
    plan, seconds = _timed_plan(city.units, city.edges, asked, city.bands)
    if asked.out.suffix == ".csv":
        write_memberships(asked.out, ("id" if asked.id else "row", "grid"), city.units.ids, plan.codes)
    else:
        WRITERS[asked.out.suffix](asked.out, city, plan)
    for line in (*city.notes, *city.noticed(plan)):
        print(line)
    _say(city.units, plan, seconds, asked.out)
    return 0


def plan_units(asked: argparse.Namespace) -> int:
    """Plan units and edges, afresh or from a former plan, proven if that is asked; returns the exit status."""
    from wangge.cores.planner.intake.files import read_edges, read_units
    from wangge.cores.planner.neighbours import neighbours

    units = read_units(asked.units)
    edges = read_edges(asked.edges, len(units)) if asked.edges else neighbours(units)
    if asked.former:
        return _replan(units, edges, asked)
    plan, seconds = _timed_plan(units, edges, asked)
    if asked.verdicts:
        return _prove(units, edges, plan, seconds, asked)
    if asked.out.suffix == ".csv":
        write_memberships(asked.out, MEMBERS, units.ids, plan.codes)
    else:
        from wangge.cores.planner.borders.exports import write_workbook

        write_workbook(asked.out, units, plan)
    _say(units, plan, seconds, asked.out)
    return 0


def _replan(units: Units, edges: Edges, asked: argparse.Namespace) -> int:
    from wangge.cores.planner.intake.former import read_former
    from wangge.cores.planner.replanning import replan

    former, was = read_former(asked.former)
    started = perf_counter()
    made = replan(units, former, edges, _settings(asked), was=was)
    seconds = perf_counter() - started
    write_memberships(asked.out, MEMBERS, units.ids, made.plan.codes)
    for line in report_moves(made):
        print(line)
    _say(units, made.plan, seconds, asked.out)
    return 0


def _prove(units: Units, edges: Edges, plan: Plan, seconds: float, asked: argparse.Namespace) -> int:
    from wangge.cores.planner.proving.running import Interrupted, counted, second_pass, write_verdicts

    try:
        proven, took = second_pass(units, edges, plan, asked.verdicts)
    except Interrupted as stop:
        print(f"wangge plan: {stop}", file=sys.stderr)
        return 130
    write_memberships(asked.out, MEMBERS, units.ids, proven.plan.codes)
    write_verdicts(asked.verdicts, proven)
    _say(units, proven.plan, seconds, asked.out)
    for line in (took, *counted(proven)):
        print(line)
    return 0


def _settings(asked: argparse.Namespace) -> Settings:
    return Settings(asked.low, asked.high, asked.seed)


def _timed_plan(
    units: Units, edges: Edges | None, asked: argparse.Namespace, bands: Bands | None = None
) -> tuple[Plan, float]:
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.processes import pool, workers_for
    from wangge.cores.planner.progress import Bar

    started, cpu = perf_counter(), _processor_time()
    workers = workers_for(len(units)) if asked.workers is None else asked.workers
    with Bar(sys.stderr, "planning") as bar, pool(workers) as mapper:
        made = plan(units, edges, _settings(asked), bar.show, bands, mapper)
    seconds = perf_counter() - started
    print(f"planning: {_processor_time() - cpu:.1f} s CPU, {seconds:.1f} s")
    return made, seconds


def _processor_time() -> float:
    """Of this process and of those it has waited for: the workers' time counts."""
    return sum(os.times()[:4])


def _say(units: Units, plan: Plan, seconds: float, out: Path) -> None:
    for line in report(units, plan, seconds):
        print(line)
    print(f"written to {out}")
