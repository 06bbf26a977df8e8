"""The city, the plan and the verdicts as plain lists, read here once more and by no code of the planner's."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wangge.cores.messages.said import said

Entry = dict[str, Any]


class Unreadable(Exception):
    """A file doesn't hold what it should."""


@dataclass(frozen=True)
class City:
    """Units by row: names, households, communities, neighbours inside the community, and the grid of the plan."""

    ids: list[str]
    households: list[int]
    community: list[str]
    near: list[set[int]]
    grid: list[str]

    def reached(self, start: int, within: set[int]) -> set[int]:
        """The units of `within` that hang together with one of them."""
        seen, todo = {start}, [start]
        while todo:
            fresh = (self.near[todo.pop()] & within) - seen
            seen |= fresh
            todo += fresh
        return seen


@dataclass(frozen=True)
class Promises:
    """A verdicts file."""

    low: int
    high: int
    entries: list[Entry]


def read_city(plan: Path, units: Path, edges: Path) -> City:
    """Read units and edges (Parquet) and the plan (csv).

    :raises Unreadable: for a missing column, a unit without a grid, an edge to a unit that is not there.
    """
    columns = _parquet(units, ("unit_id", "households", "community"))
    ids, community = ([str(value) for value in columns[name]] for name in ("unit_id", "community"))
    near: list[set[int]] = [set() for _ in ids]
    pairs = _parquet(edges, ("u", "v"))
    for u, v in zip(pairs["u"], pairs["v"], strict=True):
        if not (0 <= u < len(ids) and 0 <= v < len(ids)):
            raise Unreadable(
                said(
                    "%(file)s: an edge from %(u)d to %(v)d, but rows are 0 to %(last)d",
                    file=edges,
                    u=u,
                    v=v,
                    last=len(ids) - 1,
                )
            )
        if u != v and community[u] == community[v]:
            near[u].add(int(v))
            near[v].add(int(u))
    grids = _plan(plan)
    if missing := [one for one in ids if one not in grids]:
        raise Unreadable(
            said(
                "%(file)s: units without a grid: %(count)d, the first is %(unit)s",
                file=plan,
                count=len(missing),
                unit=missing[0],
            )
        )
    return City(
        ids, [int(size) for size in columns["households"]], community, near, [grids[one] for one in ids]
    )


def read_promises(path: Path) -> Promises:
    """Read a verdicts file.

    :raises Unreadable: if it isn't one.
    """
    try:
        whole = json.loads(path.read_text("utf-8"))
        entries = [dict(one) for one in whole["verdicts"]]
        for one in entries:
            _shaped(one)
        return Promises(int(whole["low"]), int(whole["high"]), entries)
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            said("%(file)s: not a verdicts file (%(error)s)", file=path, error=repr(error))
        ) from error


def _shaped(entry: Entry) -> None:
    if entry["verdict"] not in ("repaired", "proven", "undecided"):
        raise ValueError(entry["verdict"])
    if not isinstance(entry["grid_ids"], list) or not entry["grid_ids"] or not entry["reason"]:
        raise ValueError("grid_ids and reason can't be empty")


def _parquet(path: Path, names: tuple[str, ...]) -> dict[str, list[Any]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    if missing := [name for name in names if name not in table.column_names]:
        raise Unreadable(said("%(file)s: there is no column %(column)s", file=path, column=missing[0]))
    return {name: table.column(name).to_pylist() for name in names}


def _plan(path: Path) -> dict[str, str]:
    return dict(_rows(path))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        seen: set[str] = set()
        for row in csv.DictReader(file):
            if not row.get("unit_id") or not row.get("grid_id") or row["unit_id"] in seen:
                raise Unreadable(
                    said(
                        "%(file)s: each line is unit_id,grid_id, each unit once; not %(line)s",
                        file=path,
                        line=",".join(map(str, row.values())),
                    )
                )
            seen.add(row["unit_id"])
            yield row["unit_id"], row["grid_id"]
