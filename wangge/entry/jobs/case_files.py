"""Another system's cases, read from its export by a mapping. Plain: a bad file is refused before an installation is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from wangge.cores.geo.datums import convert
from wangge.cores.messages.said import said
from wangge.cores.tables.errors import RowError
from wangge.cores.tables.parsing import Unreadable, between, choice, decimal
from wangge.work.cases.past import PastCase, PastClass
from wangge.work.cases.reading import Reading, short
from wangge.work.cases.states import FINAL, STATES


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Columns(_Strict):
    """What the file calls our columns; number, reported_at, class and state are needed."""

    number: str
    reported_at: str
    of_class: str = Field(alias="class")
    state: str
    closed_at: str = ""
    department: str = ""
    source: str = ""
    address: str = ""
    description: str = ""
    lon: str = ""
    lat: str = ""


class MappedClass(_Strict):
    """A class of the catalogue, or of the import where the catalogue doesn't have its code."""

    code: str = Field(pattern=r"^[A-Z][0-9A-Za-z]{0,11}$")
    kind: Literal["part", "event"]
    zh: str
    en: str = ""


class MappedDepartment(_Strict):
    """A department, or an agency that becomes one."""

    code: str = Field(max_length=40)
    zh: str
    en: str = ""


class Mapping(_Strict):
    """A mapping file; ``docs/examples/la311.yaml`` explains each key."""

    name: str = Field(pattern=r"^[a-z0-9_]{1,20}$")
    time_zone: str
    datum: Literal["CGCS2000", "WGS-84", "GCJ-02", "BD-09"]
    dates: list[str] = Field(min_length=1)
    columns: Columns
    states: dict[str, str]
    classes: dict[str, MappedClass] = {}
    departments: dict[str, MappedDepartment] = {}
    sources: dict[str, Literal["patrol", "resident", "hotline", "import"]] = {}

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is no time zone such as Asia/Shanghai") from error
        return value

    @field_validator("states")
    @classmethod
    def _known_states(cls, value: dict[str, str]) -> dict[str, str]:
        for theirs, ours in value.items():
            if ours not in STATES:
                raise ValueError(f"{theirs}: {ours!r} is no state; the states are {', '.join(STATES)}")
        return value


@dataclass(frozen=True)
class Brought:
    """What a file brings, all of it good."""

    cases: list[PastCase]
    classes: list[PastClass]
    departments: list[MappedDepartment]


class BadRows(Exception):
    """Rows that can't come in; ``errors`` names each fault, ordered by row."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = sorted(errors, key=lambda error: error.row or 0)
        super().__init__(f"{len(self.errors)} faults")


class MappingWrong(Exception):
    """The mapping can't be used; the message names the file and each key that is wrong."""


def read_mapping(path: Path) -> Mapping:
    """The mapping in a YAML file; raises ``MappingWrong``."""
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MappingWrong(f"{path.name}: it can't be opened ({error.strerror}).") from error
    except yaml.YAMLError as error:
        raise MappingWrong(f"{path.name}: this is no YAML: {error}") from error
    except ValidationError as error:
        faults = [
            f"{path.name}: {'.'.join(str(p) for p in e['loc']) or 'the file'}: {e['msg']}"
            for e in error.errors()
        ]
        raise MappingWrong("\n".join(faults)) from error


def read_cases(path: Path, mapping: Mapping) -> Brought:
    """Every case of the file; raises ``BadRows`` with each fault, ``TableError`` for a file that is no table of these columns."""
    named = mapping.columns.model_dump(exclude_defaults=True)
    file = Reading(path, path.name, {ours: (theirs,) for ours, theirs in named.items()}, set())
    numbers = file.column("number", short(60), required=True)
    reported = file.column("reported_at", _moment(mapping), required=True)
    closed = file.column("closed_at", _moment(mapping))
    classes = file.column("of_class", short(60), required=True)
    ours = file.column("state", choice({theirs: theirs for theirs in mapping.states}), required=True)
    departments, sources = file.column("department", short(40)), file.column("source", short(60))
    texts = file.column("address", short(200)), file.column("description", short(1000))
    lons, lats = (
        file.column("lon", between(_degrees, -180.0, 180.0)),
        file.column("lat", between(_degrees, -90.0, 90.0)),
    )
    _unique(file, numbers)
    _whole_points(file, lons, lats)
    if file.errors:
        raise BadRows(file.errors)
    lons, lats = _converted(lons, lats, mapping.datum)
    known = _Known(mapping)
    zone = ZoneInfo(mapping.time_zone)
    cases = []
    for i in range(len(file)):
        moment, state = reported[i], mapping.states[str(ours[i])]
        assert moment is not None  # a missing one was a fault
        cases.append(
            PastCase(
                outside_number=f"{mapping.name}:{numbers[i]}", day=moment.astimezone(zone).date(), reported_at=moment,
                state=state, class_code=known.of_class(str(classes[i])), department=known.department(departments[i] or ""),
                source=mapping.sources.get(sources[i] or "", "import"), closed_at=closed[i] if state in FINAL else None,
                lon=lons[i], lat=lats[i], address=texts[0][i] or "", description=texts[1][i] or "",
            )
        )  # fmt: skip
    return Brought(cases, list(known.classes.values()), list(known.departments.values()))


class _Known:
    """The classes and departments that a file speaks of, as the mapping or the file itself calls them."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.classes: dict[str, PastClass] = {}
        self.departments: dict[str, MappedDepartment] = {}

    def of_class(self, theirs: str) -> str:
        """The code of a class; one that the mapping doesn't name gets a code made from its name, the same each time."""
        if theirs not in self.classes:
            digest = hashlib.sha256(f"{self.mapping.name}:{theirs}".encode()).hexdigest()[:8]
            named = self.mapping.classes.get(theirs) or MappedClass(
                code=f"I{digest}", kind="event", zh=theirs
            )
            self.classes[theirs] = PastClass(named.code, named.kind, named.zh, named.en or theirs)
        return self.classes[theirs].code

    def department(self, theirs: str) -> str:
        """The code of a department; one that the mapping doesn't name keeps its name as code."""
        if not theirs:
            return ""
        if theirs not in self.departments:
            self.departments[theirs] = self.mapping.departments.get(theirs) or MappedDepartment(
                code=theirs, zh=theirs, en=theirs
            )
        return self.departments[theirs].code


def _moment(mapping: Mapping) -> Callable[[str], datetime]:
    zone = ZoneInfo(mapping.time_zone)

    def parse(text: str) -> datetime:
        for form in mapping.dates:
            try:
                return datetime.strptime(text, form).replace(tzinfo=zone).astimezone(UTC)
            except (ValueError, OverflowError):
                continue
        raise Unreadable(
            "no_moment",
            said("a date and time written %(forms)s", forms=" | ".join(mapping.dates)),
            said("Correct it, or add its form to `dates`."),
        )

    return parse


def _degrees(text: str) -> float:
    return float(decimal(text))


def _converted(
    lons: list[float | None], lats: list[float | None], datum: str
) -> tuple[list[float | None], list[float | None]]:
    """The positions in CGCS2000; None stays None."""
    east, north = convert(
        [np.nan if x is None else x for x in lons], [np.nan if y is None else y for y in lats], datum
    )
    return [[None if np.isnan(v) else float(v) for v in values] for values in (east, north)]  # type: ignore[return-value]


def _unique(file: Reading, numbers: list[str | None]) -> None:
    first: dict[str, int] = {}
    for index, number in enumerate(numbers):
        if number in first:
            what = said("a number of its own (row %(row)s has the same)", row=file.row(first[number]))
            file.fault(index, "number", "twice", what, said("Remove one of the two."))
        elif number is not None:
            first[number] = index


def _whole_points(file: Reading, lons: list[float | None], lats: list[float | None]) -> None:
    unread = {error.row for error in file.errors if error.column in (file.called("lon"), file.called("lat"))}
    for index, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        if (lon is None) != (lat is None) and file.row(index) not in unread:
            file.fault(
                index,
                "lon" if lon is None else "lat",
                "half_a_point",
                said("both coordinates or neither"),
                said("Fill in the other one."),
            )
