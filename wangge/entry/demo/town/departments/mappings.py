"""The demo's departments: the mapping of a file's columns to registered elements, as the data officer confirms it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from wangge.entry.demo.town.departments.delivery import Delivery
from wangge.entry.demo.town.departments.roster import Roster


def write_mapping(folder: Path, roster: Roster, deliveries: list[Delivery]) -> None:
    """`mapping.yaml` beside a department's files."""
    text = yaml.safe_dump(_mapping(roster, deliveries), allow_unicode=True, sort_keys=False, width=110)
    (folder / roster.department / "mapping.yaml").write_text(text, encoding="utf-8", newline="\n")


def _mapping(roster: Roster, deliveries: list[Delivery]) -> dict[str, Any]:
    second = dict(roster.tenants)
    mapping: dict[str, Any] = {
        "department": roster.department,
        "office": deliveries[0].words(roster.office),
        "files": [{"file": d.file, "as_of": d.as_of.isoformat()} for d in deliveries],
        "format": roster.format,
        "header_row": deliveries[0].header_row,
        "columns": {c.name: c.element for c in roster.columns if c.element},
        "values": roster.values,
        "not_taken": [
            c.name for c in roster.columns if not c.element and not c.refused and c.name not in second
        ],
    }
    if roster.format == "xlsx":
        mapping["sheet"] = roster.sheet
    if roster.everyone:
        # Who should be on the roster and isn't, does not get it: the department keeps it complete.
        mapping["absence_means_no"] = roster.everyone
    if second:
        mapping["second_person"] = {
            "when": roster.tenants[0][0],
            "columns": second,
            "constants": {"tenure": "tenant"},
            "dwelling": next(column for column, element in roster.tenants if element == "living_address"),
        }
    return mapping
