"""The tables of docs/planner.md, from a kept result: `python -m benchmarks.planning.table benchmarks/results/planner-….json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

PLANS = (
    "data", "who", "CPU s", "process cold: CPU s / wall s / MB", "process warm: the same", "grids (least)", "in range %", "out of range",
    "avoidable", "broken", "mean distance m", "compactness",
)  # fmt: skip
WHO = {
    "ours": "**ours**", "proved": "**ours, both passes**", "metis": "METIS, best of many", "metis_once": "METIS, once",
    "gerrychain": "GerryChain", "growing": "region growing",
}  # fmt: skip
PROOFS = (
    "data",
    "out of range after planning",
    "proving: CPU s",
    "repaired",
    "proven",
    "undecided",
    "`plan-prove`",
)
AGAIN = (
    "data",
    "planned afresh: % moved",
    "with `--former`: % moved",
    "the same, by the grid's code",
    "out of range",
)


def tables(whole: dict[str, Any]) -> str:
    """Markdown of a result as `./run bench planner` keeps it."""
    found, machine = whole["figures"], whole["machine"]
    parts = [said(PLANS, _plans(found["sets"])), said(PROOFS, _proofs(found["sets"])), said(AGAIN, _again(found["sets"]))]  # fmt: skip
    if scale := found.get("scale"):
        parts.append(_scale(scale))
    parts.append(
        f"Measured on {machine['processor']}, {machine['cores']} cores, load {machine['load']} when it ended; Python {machine['python']}, "
        + ", ".join(f"{name} {version}" for name, version in found["versions"].items())
        + f"; {found['low']}–{found['high']} households, seed 1, median of {found['times']} warm calls."
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def said(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table; nothing where there are no rows."""
    lines = ["| " + " | ".join(str(one) for one in row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *lines]) if lines else ""


def _plans(sets: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for name, plans in sets.items():
        for who in (one for one in WHO if one in plans):
            one = plans[who]
            yield (
                f"{name}, {plans['units']:,}", WHO[who], f"+ {one['cpu_s']}" if who == "proved" else one["cpu_s"],
                _process(one.get("process_cold")), _process(one.get("process_warm") or one.get("process")),
                f"{one['grids']:,} ({one['least_grids']:,})", one["in_range_pct"], one["out_of_range"], one["avoidable"],
                one["not_contiguous"] + one["across_communities"], one["mean_distance_m"], one.get("compactness", "–"),
            )  # fmt: skip


def _process(took: dict[str, float] | None) -> str:
    return f"{took['cpu_s']} / {took['wall_s']} / {took['peak_mb']}" if took else "–"


def _proofs(sets: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for name, plans in sets.items():
        if one := plans.get("proved"):
            held = "holds" if one["plan_prove"]["status"] == 0 else f"exit {one['plan_prove']['status']}"
            yield (
                name, plans["ours"]["out_of_range"], one["cpu_s"], one["repaired"], one["proven"], one["undecided"], held,
            )  # fmt: skip


def _again(sets: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for name, plans in sets.items():
        if one := plans.get("again"):
            yield (
                name, one["afresh_pct"], one.get("former_pct", "–"), one.get("former_by_code_pct", "–"), one.get("out_of_range", "–"),
            )  # fmt: skip


def _scale(one: dict[str, Any]) -> str:
    whole = one["process_warm"]
    return (
        f"Scale ({one['name']} {one['copies']} times side by side, {one['units']:,} units): {one['cpu_s']} CPU s and {one['wall_s']} s of the"
        f" wall clock for the call, {whole['cpu_s']} CPU s, {whole['wall_s']} s and {whole['peak_mb']} MB for the whole process;"
        f" {one['grids']:,} grids, {one['avoidable']} avoidable out of range, {one['not_contiguous'] + one['across_communities']} broken."
    )


if __name__ == "__main__":
    print(tables(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), end="")
