"""The demo's departments: what a roster is: its columns, who stands on it, and how its rows are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk
from wangge.entry.demo.town.people import Person

Value = str | int | date | None


@dataclass(frozen=True)
class Column:
    """A column: `group` is the merged heading above it, `element` the registered element it is ("" for none)."""

    label: str
    element: str = ""
    group: str = ""
    width: int = 12
    refused: bool = False
    """True for what no product of ours may hold: the file has it all the same."""

    @property
    def name(self) -> str:
        """As a reader of merged headings calls it: group/label."""
        return f"{self.group}/{self.label}" if self.group else self.label


@dataclass(frozen=True)
class Subject:
    """Whom a row is about; a housing row also has a dwelling and maybe a tenant."""

    person: Person
    dwelling: int | None = None
    tenant: Person | None = None
    since: date | None = None

    @property
    def key(self) -> str:
        """Names the row among all of the department's."""
        return self.person.code if self.dwelling is None else f"{self.person.code}@{self.dwelling}"


@dataclass(frozen=True)
class Roster:
    """One department's file."""

    department: str
    office: str
    """Who signs it. {name} is the district's name, {seat} with the city before it, {police} its police."""
    file: str
    """{month} stands for the month it tells of."""
    sheet: str
    title: str
    columns: tuple[Column, ...]
    subjects: Callable[[Desk], Iterator[Subject]]
    write: Callable[[Clerk, Subject], list[Value]]
    format: Literal["xlsx", "csv"] = "xlsx"
    titled: bool = True
    totalled: bool = True
    note: str = ""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the column's words mean in the element's codes, by column name."""
    tenants: tuple[tuple[str, str], ...] = ()
    """Columns that tell of a second person, with their elements."""
    everyone: str = ""
    """The element that is "no" (a year: none) for whoever isn't on the roster: it is meant to be complete."""

    @property
    def levels(self) -> int:
        """Lines of the header."""
        return 2 if any(column.group for column in self.columns) else 1
