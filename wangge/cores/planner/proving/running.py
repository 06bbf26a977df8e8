"""The second pass as the command runs it: kept beside the verdicts, with a bar, written whole or not at all."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from wangge.cores.planner.progress import Bar
from wangge.cores.planner.proving.keeping import Kept, key_of
from wangge.cores.planner.proving.second_pass import Proven, prove_plan
from wangge.cores.planner.records import Edges, Plan, Units


class Interrupted(Exception):
    """Somebody stopped the pass; what it had settled is kept."""


def kept_beside(verdicts: Path) -> Path:
    """Where an interrupted pass keeps what it has settled."""
    return verdicts.with_name(f"{verdicts.name}.partial")


def second_pass(units: Units, edges: Edges, plan: Plan, verdicts: Path) -> tuple[Proven, str]:
    """Settle the plan, going on from where an interrupted pass with the same input stopped.

    :returns: the plan after the pass, and a line that says how long it took.
    :raises Interrupted: on Ctrl-C.
    """
    wall, cpu = perf_counter(), process_time()
    path = kept_beside(verdicts)
    kept = Kept(path, key_of(units, edges, plan))
    known = f", {len(kept)} pieces kept from before" if len(kept) else ""
    try:
        with Bar(sys.stderr, "proving") as bar:
            proven = prove_plan(units, edges, plan, kept, bar.show)
    except KeyboardInterrupt as stop:
        raise Interrupted(
            f"stopped; {len(kept)} pieces are kept in {path}: the same command goes on there"
        ) from stop
    return proven, f"proving: {process_time() - cpu:.1f} s CPU, {perf_counter() - wall:.1f} s{known}"


def write_verdicts(path: Path, proven: Proven) -> None:
    """The verdicts file; what was kept beside it goes once it stands."""
    from wangge.cores.tables.writing import replacing

    settings = proven.plan.settings
    whole = {"low": settings.low, "high": settings.high, "verdicts": proven.entries}
    with replacing(path, private=False) as file:
        text = io.TextIOWrapper(file, "utf-8")
        json.dump(whole, text, ensure_ascii=False, indent=1)
        text.write("\n")
        text.flush()
        text.detach()
    kept_beside(path).unlink(missing_ok=True)


def counted(proven: Proven) -> Iterator[str]:
    """Lines: how many verdicts of each kind, and which grids were repaired."""
    count = dict.fromkeys(("repaired", "proven", "undecided"), 0)
    for entry in proven.entries:
        count[entry["verdict"]] += len(entry["grid_ids"])
    yield "verdicts: " + ", ".join(f"{number} {kind}" for kind, number in count.items())
    for entry in proven.entries:
        if entry["verdict"] == "repaired":
            yield f"  {', '.join(entry['grid_ids'])}: repaired: {entry['reason']}"
