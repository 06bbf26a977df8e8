"""The demo's town: the city's own settings as files: classes, departments, responsibilities, programmes, calendar."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import yaml

from wangge.entry.demo.town.calendar_days import write_calendar
from wangge.entry.demo.town.catalogues import classes, departments
from wangge.entry.demo.town.divisions import District
from wangge.entry.demo.town.programmes import PROGRAMMES, SIXTH, write_programmes
from wangge.entry.demo.town.script import behaviour
from wangge.entry.demo.town.workbook import HEADING, TEXT, Workbook

_CATALOGUE = (
    "kind", "big_code", "big_name", "big_en", "small_code", "small_name", "name_en", "filing_condition",
    "closing_condition", "time_limit", "photo_required",
)  # fmt: skip


def write_city_files(folder: Path, district: District, first: date, today: date) -> None:
    """Everything a city would have set up before the first day."""
    folder.mkdir(parents=True, exist_ok=True)
    _csv(folder / "classes.csv", [{key: row[key] for key in _CATALOGUE} for row in classes().values()])
    _csv(folder / "departments.csv", list(departments().values()))
    _responsibilities(folder / "responsibilities.xlsx", district)
    write_programmes(folder / "programmes.xlsx", PROGRAMMES, first)
    write_programmes(folder / "programme_elderly_checkup.xlsx", (SIXTH,), first)
    write_calendar(folder / "calendar.csv", first - timedelta(days=31), today + timedelta(days=92))
    _behaviour(folder / "behaviour.yaml")


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def _responsibilities(path: Path, district: District) -> None:
    """Class → department for the whole district; assisting departments stand beside."""
    columns = ("class_code", "class_name", "area", "department", "department_name", "assisting", "clause")
    with Workbook(path, "责任清单", (12, 20, 12, 22, 24, 22, 50), frozen=1) as book:
        book.row(columns, HEADING)
        for number, (code, row) in enumerate(classes().items(), 1):
            office = departments()[row["department"]]["name_zh"]
            clause = f"《{district.name}城市管理部件事件处置责任清单（演示）》第{number}条"
            book.row(
                [code, row["small_name"], district.code, row["department"], office, row["assisting"], clause],
                TEXT,
            )


def _behaviour(path: Path) -> None:
    """What the player may draw from where the script leaves something open."""
    usual = {"usual": vars(behaviour.USUAL), **{k: vars(v) for k, v in behaviour.DEPARTMENTS.items()}}
    text = {
        "departments": usual,
        "steps": {
            name: {"median_minutes": step[0], "log_sigma": step[1]} for name, step in behaviour.STEPS.items()
        },
        "door": behaviour.DOOR,
    }
    path.write_text(yaml.safe_dump(text, allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n")
