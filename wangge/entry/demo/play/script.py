"""The script of the town's days, read day by day: who reports what where, and what will become of it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The department gives the case back ``after`` minutes of the dispatch; it is dispatched ``to`` another one then."""

    after: int
    reason: str
    to: str


@dataclass(frozen=True, slots=True)
class Extension:
    """The department asks for ``share`` of the limit in addition when ``at_share`` of it has passed."""

    at_share: float
    share: float
    reason: str
    granted: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a report. ``steps``: minutes at each desk; ``handle_share``: handling time in limits of the class."""

    valid: bool
    why: str
    department: str
    steps: dict[str, int]
    handle_share: float
    rework: int
    rework_share: float
    give_back: GiveBack | None
    extend: Extension | None
    rating: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the script. ``phone`` is empty where the worker on her round reports; ``stays`` is the verb that nobody
    has come to when the demo opens ("": it runs its course)."""

    code: str
    at: datetime
    community: str
    lon: float
    lat: float
    place: str
    class_code: str
    description: str
    source: str
    phone: str
    duplicate_of: str
    fate: Fate = field(repr=False)
    stays: str = ""


def days(folder: Path) -> list[date]:
    """The days of the script, in order."""
    return sorted(date.fromisoformat(path.stem) for path in (folder / "days").glob("*.jsonl"))


def reports(folder: Path, day: date) -> Iterator[Report]:
    """The reports of one day, in order."""
    with (folder / "days" / f"{day.isoformat()}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield report_of(json.loads(line))


def report_of(said: dict[str, Any]) -> Report:
    """A line of the script."""
    fate = said["fate"]
    reporter = said["reporter"] or {}
    return Report(
        code=said["report"],
        at=datetime.fromisoformat(said["at"]),
        community=said["community"],
        lon=said["lon"],
        lat=said["lat"],
        place=said["place"],
        class_code=said["class_code"],
        description=said["description"],
        source=said["source"] if said["source"] == "patrol" or reporter else "hotline",
        phone=reporter.get("phone", ""),
        duplicate_of=said["duplicate_of"],
        fate=Fate(
            **{
                **fate,
                "give_back": GiveBack(**fate["give_back"]) if fate["give_back"] else None,
                "extend": Extension(**fate["extend"]) if fate["extend"] else None,
            }
        ),
    )
