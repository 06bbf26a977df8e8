"""Our plans beside METIS, GerryChain and plain region growing, on every set of data in a folder, by one scorer, in one run.

Of ours: the processor time of the planning pass alone (a warm process, median), the whole process with no compiled kernels and with them
(processor, wall clock, memory), the plan's score; the proving pass and what `wangge plan-prove` says of it; a city ten times side by side;
households moved by planning again after 2 % of the units changed. Of a peer: processor time and score. What this version of `wangge plan`
has no option for is left out. Method and definitions: docs/planner.md.

Usage: ./run bench planner --data FOLDER … [--only NAME …] [--table] [--without peers|proofs|scale|again …]. A folder holds pairs
NAME_units.parquet, NAME_edges.parquet. Peers need the extra `bench`; the run says how to install it.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.planning import ours, peers, sets
from benchmarks.planning.scorer import score
from benchmarks.planning.sets import City
from benchmarks.planning.table import tables

PARTS = ("peers", "proofs", "scale", "again")


def run(arguments: list[str]) -> dict[str, object]:
    """Every figure by set and planner."""
    asked = _options(arguments)
    found = {name: folder for folder in asked.data for name in sets.names_in(folder) if not asked.only or name in asked.only}  # fmt: skip
    if not found:
        raise SystemExit(f"No NAME_units.parquet in {', '.join(str(one) for one in asked.data)}")
    if "peers" not in asked.without and (away := peers.missing()):
        print(f"left out, not installed: {', '.join(away)}. To have them: {peers.INSTALL}", file=sys.stderr)
    figures: dict[str, object] = {
        "low": asked.low,
        "high": asked.high,
        "times": asked.times,
        "versions": _versions(),
    }
    figures["sets"] = {name: _measured(sets.read(folder, name), asked) for name, folder in found.items()}
    if asked.scale in found and "scale" not in asked.without:
        with TemporaryDirectory(prefix="wangge-bench-") as base:
            city = sets.read(found[asked.scale], asked.scale)
            _say(city.name, f"times {asked.copies}")
            figures["scale"] = {"name": city.name, "copies": asked.copies} | ours.scaled(
                city, asked.copies, asked.low, asked.high, Path(base)
            )
    return figures


def table(whole: dict[str, object]) -> str:
    """Markdown, printed with `--table` in place of JSON."""
    return tables(whole)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench planner")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of sets")
    parser.add_argument("--only", nargs="+", default=[], help="names of sets")
    parser.add_argument("--without", nargs="+", default=[], choices=PARTS)
    parser.add_argument("--low", type=int, default=300)
    parser.add_argument("--high", type=int, default=500)
    parser.add_argument("--times", type=int, default=3, help="warm calls (%(default)s)")
    parser.add_argument("--scale", default="denver", help="the set to lay side by side (%(default)s)")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--table", action="store_true", help="print Markdown in place of JSON")
    return parser.parse_args(arguments)


def _measured(city: City, asked: argparse.Namespace) -> dict[str, object]:
    band = asked.low, asked.high
    units = city.units
    found: dict[str, object] = {"units": len(units), "households": int(units.households.sum()), "communities": len(set(units.community))}  # fmt: skip
    with TemporaryDirectory(prefix="wangge-bench-") as base:
        _say(city.name, "ours")
        found["ours"] = ours.measured(city, *band, asked.times, Path(base))
        if "proofs" not in asked.without and ours.knows("--verdicts"):
            _say(city.name, "proofs")
            found["proved"] = ours.proved(city, *band, Path(base))
        if "again" not in asked.without:
            _say(city.name, "planned again")
            found["again"] = ours.planned_again(city, *band, Path(base))
    for name in peers.standing() if "peers" not in asked.without else []:
        _say(city.name, name)
        plan, seconds = peers.asked(name, units, city.edges, *band)
        found[name] = {"cpu_s": round(seconds, 2)} | score(units, city.edges, plan, *band)
    return found


def _versions() -> dict[str, str]:
    """Of the packages that plan; METIS itself is inside pymetis' wheel."""
    return {
        name: version(name)
        for name in ("numpy", "numba", "pymetis", "gerrychain")
        if name not in peers.missing()
    }


def _say(name: str, what: str) -> None:
    print(f"{name}: {what} …", file=sys.stderr, flush=True)
