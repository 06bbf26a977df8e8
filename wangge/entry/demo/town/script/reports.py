"""The demo's script: the reports of one day in one community, with what will become of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from wangge.entry.demo.town.catalogues import classes
from wangge.entry.demo.town.person_names import lines
from wangge.entry.demo.town.script import behaviour, frequencies
from wangge.entry.demo.town.script.fates import Extension, Fate, GiveBack, fate_of
from wangge.entry.demo.town.script.scenes import Reporter, Scene, Spot
from wangge.entry.demo.town.seeds import Urn, rounded, stream

BEIJING = timezone(timedelta(hours=8))
_SOURCES = Urn.of(behaviour.SOURCES)
_CLASSES = {rain: Urn.of(frequencies.all_weights(rain)) for rain in (False, True)}


@dataclass
class Report:
    """A report as it will be made. `at` is local time; `reporter` is None where the grid's worker reports."""

    report: str
    at: datetime
    community: str
    lon: float
    lat: float
    place: str
    class_code: str
    part: str
    description: str
    source: str
    reporter: Reporter | None
    duplicate_of: str = ""
    fate: Fate = field(default_factory=Fate)

    def line(self) -> dict[str, Any]:
        """As JSON says it."""
        fate = {n: vars(v) if isinstance(v, GiveBack | Extension) else v for n, v in vars(self.fate).items()}
        reporter = asdict(self.reporter) if self.reporter else None
        return {**vars(self), "at": self.at.isoformat(), "reporter": reporter, "fate": fate}


def is_wet(seed: int, day: date) -> bool:
    """Whether it rains in the town on a day."""
    return stream(seed, "weather", day.isoformat()).random() < behaviour.RAINY


def reports_of(scene: Scene, seed: int, day: date) -> Iterator[Report]:
    """The day's reports of a community, not sorted; those that repeat another follow it, up to two days later."""
    chance = stream(seed, scene.community, "reports", day.isoformat())
    rain = is_wet(seed, day)
    expected = scene.residents / 1000 * behaviour.REPORTS_PER_THOUSAND * behaviour.WEEKDAY[day.weekday()]
    expected *= chance.gauss(1.0, 0.12) * (behaviour.RAIN_FACTOR if rain else 1.0)
    for number in range(rounded(chance, max(0.0, expected))):
        report = _report(scene, chance, day, f"{day:%Y%m%d}-{scene.community}-{number + 1:02d}", rain)
        yield report
        if report.fate.valid and chance.random() < behaviour.DUPLICATE:
            yield _again(scene, chance, report)


def _report(scene: Scene, chance: Random, day: date, code: str, rain: bool) -> Report:
    source = _SOURCES.draw(chance)
    class_code = _CLASSES[rain].draw(chance)
    # A worker on patrol sees the street, not the neighbours' quarrel.
    while source == "patrol" and class_code in ("E0601", "E0602", "E0603", "E0604"):
        class_code = _CLASSES[rain].draw(chance)
    spot = _spot(scene, chance, class_code)
    return Report(
        code, _moment(chance, day, source, class_code), scene.community, spot.lon, spot.lat, spot.place, class_code,
        spot.part, describe(chance, class_code, spot.place), source,
        None if source == "patrol" or not scene.reporters else chance.choice(scene.reporters),
        fate=fate_of(chance, class_code, source),
    )  # fmt: skip


def _again(scene: Scene, chance: Random, first: Report) -> Report:
    source = "hotline" if chance.random() < 0.5 else "resident"
    later = first.at + timedelta(minutes=chance.randint(20, 2600))
    moved = chance.uniform(-0.0002, 0.0002), chance.uniform(-0.0002, 0.0002)
    return Report(
        f"{first.report}R", later, first.community, round(first.lon + moved[0], 7), round(first.lat + moved[1], 7),
        first.place, first.class_code, "", describe(chance, first.class_code, first.place), source,
        chance.choice(scene.reporters) if scene.reporters else None, first.report,
        fate_of(chance, first.class_code, source, duplicate=True),
    )  # fmt: skip


def _spot(scene: Scene, chance: Random, class_code: str) -> Spot:
    """A part of the class if there are any, else a door or the road by a part nearby."""
    parts = scene.parts.get(class_code)
    if parts:
        return chance.choice(parts)
    if scene.doors and (chance.random() < 0.75 or not scene.parts):
        door = chance.choice(scene.doors)
        return Spot(door.lon, door.lat, f"{door.place}{chance.choice(('门前', '旁', '楼下', '对面'))}")
    nearby = chance.choice(scene.parts[chance.choice(sorted(scene.parts))])
    return Spot(nearby.lon, nearby.lat, nearby.place)


def _moment(chance: Random, day: date, source: str, class_code: str) -> datetime:
    weights: tuple[float, ...] = behaviour.HOURS[source]
    own = frequencies.TIMES.get(class_code)
    if own is not None:
        weights = tuple(a * b for a, b in zip(weights, own, strict=True))
    hour = chance.choices(range(24), weights)[0]
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), BEIJING)


@cache
def _sentences() -> dict[str, list[str]]:
    return {code: texts for code, *texts in (line.split() for line in lines("descriptions.txt"))}


def describe(chance: Random, class_code: str, place: str) -> str:
    """What the reporter writes."""
    texts = _sentences().get(class_code)
    if texts:
        return chance.choice(texts).replace("{place}", place)
    return f"{place}{classes()[class_code]['small_name']}：{classes()[class_code]['filing_condition']}"
