"""The command `wangge plan-prove`: does a verdicts file hold? It needs no installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EPILOG = """Nothing of the code that planned and proved is used. What each kind of certificate says: docs/adr/0013-proving-by-search.md.
That a grid called repaired was out of range before can't be seen from these files; that it is in range now is checked.
Exit status: 0 all holds, 1 something does not (each failure is a line), 2 the command or a file can't be understood."""


def main(argv: list[str]) -> int:
    """Run `wangge plan-prove`; returns the exit status."""
    asked = _parser().parse_args(argv)
    from wangge.cores.planner.verifying.promises import broken_promises
    from wangge.cores.planner.verifying.reading import Unreadable, read_city, read_promises

    try:
        city, promises = read_city(asked.plan, asked.units, asked.edges), read_promises(asked.verdicts)
    except (Unreadable, OSError) as error:
        print(f"wangge plan-prove: {error}", file=sys.stderr)
        return 2
    faults = list(broken_promises(city, promises))
    for fault in faults:
        print(f"FAILS: {fault}")
    proven = [one for one in promises.entries if one["verdict"] == "proven"]
    said = {one["certificate"]["kind"] for one in proven if isinstance(one.get("certificate"), dict)}
    undecided = sum(len(one["grid_ids"]) for one in promises.entries if one["verdict"] == "undecided")
    print(
        f"{len(set(city.grid)):,} grids, {len(promises.entries)} verdicts, {len(proven)} proofs"
        f" ({', '.join(sorted(map(str, said))) or 'none'}), {undecided} undecided: {len(faults) or 'none'} failed"
    )
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wangge plan-prove",
        description="Check a plan and its verdicts independently of what made them.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("plan", type=Path, metavar="PLAN", help="csv: unit_id,grid_id")
    for name in ("units", "edges", "verdicts"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    return parser
