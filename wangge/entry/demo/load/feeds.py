"""Agreements, feeds and confirmed mappings of the eight departments, and the delivery of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from wangge.entry.jobs import data_day, worker
from wangge.platform.audit.actor import Actor
from wangge.platform.elements import registry
from wangge.work.hub import actions as hub
from wangge.work.hub.records import ReceiptRecord, SecondPerson

DIRECTIONS = (("in", "base_register"), ("out", "return_feed"))
"""What a department delivers, and corrections of that: each has an agreement of its own, with its purpose."""
AGREEMENTS_A_FEED = len(DIRECTIONS)


@dataclass(frozen=True)
class FeedFile:
    """A department's feed with the mapping that its data officer confirms, and its files in the order of delivery."""

    feed: str
    name_zh: str
    columns: dict[str, str]
    values: dict[str, dict[str, str]]
    absent: dict[str, str]
    second: SecondPerson | None
    deliveries: list[tuple[Path, date]]


def feed_files(folder: Path) -> Iterator[FeedFile]:
    """The feeds of the town; the public security register first, since it knows the most."""
    found = sorted(
        (folder / "files").glob("*/mapping.yaml"), key=lambda p: (p.parent.name != "police", p.parent.name)
    )
    for path in found:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        complete = said.get("absence_means_no")
        yield FeedFile(
            feed=said["department"],
            name_zh=f"{said['office']}·{Path(said['files'][0]['file']).stem.split('_')[0]}",
            columns=said["columns"] | dict.fromkeys(said["not_taken"], ""),
            values=said["values"],
            absent=_absent(complete, said["columns"].values()) if complete else {},
            second=second_person(said),
            deliveries=[
                (path.parent / one["file"], date.fromisoformat(one["as_of"])) for one in said["files"]
            ],
        )


def second_person(said: dict[str, Any]) -> SecondPerson | None:
    """Of a mapping document: the columns that speak of a second person, or None."""
    told = said.get("second_person")
    return (
        SecondPerson(**{name: told[name] for name in ("columns", "constants", "dwelling")}) if told else None
    )


def _elements(one: FeedFile) -> list[str]:
    """What the feed gives of anybody."""
    second = {*one.second.columns.values(), *one.second.constants} if one.second else set()
    return sorted(second | {element for element in one.columns.values() if element})


def _absent(complete: str, elements: Iterable[str]) -> dict[str, str]:
    """What not being in a complete list means: no; and 0 for every figure that only this list gives (a year, a level)."""
    figures = {one: "0" for one in elements if one and registry.element(one).kind == "whole"}
    return figures if complete in figures else {complete: "no", **figures}


def open_feed(one: FeedFile, from_on: date, by: Actor) -> None:
    """Agreements for a year (what it delivers, and corrections of that), the feed, and what its columns hold."""
    agreement, _back = (
        hub.agree(
            department=one.feed,
            direction=direction,
            purpose=purpose,
            elements=_elements(one),
            document=f"数据共享协议（演示）·{one.name_zh}",
            from_on=from_on,
            to_on=from_on + timedelta(days=365),
            by=by,
        )
        for direction, purpose in DIRECTIONS
    )
    hub.open_feed(
        code=one.feed,
        agreement=agreement,
        name_zh=one.name_zh,
        name_en=one.feed.replace("_", " ").capitalize(),
        makes_persons=True,
        absent=one.absent,
        by=by,
    )
    hub.confirm_mapping(feed=one.feed, columns=one.columns, values=one.values, second=one.second, by=by)


def deliver(feed: str, path: Path, by: Actor) -> ReceiptRecord:
    """The department delivers a file, and everything that follows from it is done."""
    with path.open("rb") as file:
        receipt = data_day.start(feed=feed, file=file, name=path.name, by=by)
    worker.drain()
    return receipt
