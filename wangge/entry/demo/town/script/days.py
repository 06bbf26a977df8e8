"""The demo's script: the days one after the other, each a file of JSON lines; nothing but today's reports is held."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from wangge.entry.demo.town.script.reports import Report, reports_of
from wangge.entry.demo.town.script.scenes import Scene


def write_days(
    folder: Path,
    scenes: list[Scene],
    seed: int,
    first: date,
    today: date,
    progress: Callable[[int, int], None],
) -> int:
    """`days/2026-04-16.jsonl` and so on, from `first` to the day before `today`; says how many reports there are."""
    (folder / "days").mkdir(parents=True)
    later: dict[date, list[Report]] = defaultdict(list)
    count, total = 0, (today - first).days
    for number in range(total):
        day = first + timedelta(days=number)
        reports = later.pop(day, [])
        for scene in scenes:
            for report in reports_of(scene, seed, day):
                (reports if report.at.date() == day else later[report.at.date()]).append(report)
        reports.sort(key=lambda r: (r.at, r.report))
        text = "".join(json.dumps(r.line(), ensure_ascii=False) + "\n" for r in reports)
        (folder / "days" / f"{day.isoformat()}.jsonl").write_text(text, encoding="utf-8", newline="\n")
        count += len(reports)
        progress(number + 1, total)
    return count
