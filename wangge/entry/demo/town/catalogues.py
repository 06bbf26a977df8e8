"""The demo's town: its lists: classes of parts and events, departments."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def classes() -> dict[str, dict[str, str]]:
    """Classes of cases by code (P0101, E0401), with the filing rule, the limit and the department of each."""
    return {row["code"]: row for row in _rows("classes")}


@cache
def departments() -> dict[str, dict[str, str]]:
    """Departments by code."""
    return {row["code"]: row for row in _rows("departments")}


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("names", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
