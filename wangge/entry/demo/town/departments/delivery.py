"""The demo's departments: a file on its way out: title, merged headings, rows, totals and notes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import IO

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk
from wangge.entry.demo.town.departments.roster import Roster, Subject, Value
from wangge.entry.demo.town.divisions import District
from wangge.entry.demo.town.elsewhere import district_address
from wangge.entry.demo.town.workbook import CENTRED, HEADING, NOTE, SUBTITLE, TEXT, TITLE, Workbook


@dataclass(frozen=True)
class Written:
    """What the truth is told of a row: where it stands as Excel counts, whom it is about, what went wrong."""

    department: str
    file: str
    row: int
    person: str
    tenant: str
    slips: tuple[str, ...]


class Delivery:
    """One file of one department, open for rows."""

    def __init__(
        self, folder: Path, roster: Roster, district: District, as_of: date, prefix: str = ""
    ) -> None:
        self.roster, self.as_of, self._district = roster, as_of, district
        self.file = prefix + roster.file.replace("{month}", f"{as_of.year}年{as_of.month}月")
        self.path = folder / roster.department / self.file
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.count = 0
        self.header_row = roster.levels + (
            2 if roster.titled and roster.format == "xlsx" else int(roster.titled)
        )
        self._numbered = roster.columns[0].label == "序号"
        self._sheet = _Xlsx(self) if roster.format == "xlsx" else _Csv(self)

    def words(self, text: str) -> str:
        """A text of the roster with the district's names in it."""
        name = self._district.name
        urban = name.endswith("区")
        police = f"宜昌市公安局{name.removesuffix('区')}分局" if urban else f"{name}公安局"
        return text.format(
            name=name, seat=district_address(self._district).removeprefix("湖北省"), police=police
        )

    def add(self, desk: Desk, tell: Callable[[Written], None]) -> None:
        """The rows of one community, in no particular order."""
        # The monthly roll keeps its order and its slips from month to month: a row draws from a stream of its own.
        drawn: list[tuple[float, str, Subject, Random]] = []
        for subject in self.roster.subjects(desk):
            chance = desk.chance(subject.key, "row")
            order, overlooked = chance.random(), chance.random()
            if overlooked >= desk.rates.overlooked:
                drawn.append((order, subject.key, subject, chance))
        for _, _, subject, chance in sorted(drawn, key=lambda row: row[:2]):
            twice = chance.random() < desk.rates.duplicate
            self._add(desk, subject, chance, tell)
            if twice:
                self._add(desk, subject, chance, tell, "duplicate")

    def _add(
        self, desk: Desk, subject: Subject, chance: Random, tell: Callable[[Written], None], *slips: str
    ) -> None:
        clerk = Clerk(desk, chance)
        values = self.roster.write(clerk, subject)
        self.count += 1
        row = self._sheet.row([self.count, *values] if self._numbered else values)
        tenant = subject.tenant.code if subject.tenant else ""
        person = subject.person.code
        tell(Written(self.roster.department, self.file, row, person, tenant, (*clerk.slips, *slips)))

    def close(self) -> None:
        """Totals, notes, end of file."""
        self._sheet.close()


class _Xlsx:
    """A sheet as an office types it: a title over all columns, who and when below it, headings in two levels."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        columns = delivery.roster.columns
        header = delivery.header_row
        self._book = Workbook(delivery.path, delivery.roster.sheet, [c.width for c in columns], frozen=header)
        last = len(columns) - 1
        self._book.row([delivery.words(delivery.roster.title), *[""] * last], TITLE, 36)
        self._book.merge(1, 0, 1, last)
        day = f"{delivery.as_of.year}年{delivery.as_of.month}月{delivery.as_of.day}日"
        signed = f"填报单位：{delivery.words(delivery.roster.office)}        数据截止日期：{day}"
        self._book.row([signed, *[""] * last], SUBTITLE, 22)
        self._book.merge(2, 0, 2, last)
        self._headings()
        self._styles = [CENTRED if c.width < 12 and c.element != "name" else TEXT for c in columns]

    def _headings(self) -> None:
        columns = self._delivery.roster.columns
        self._book.row([c.group or c.label for c in columns], HEADING, 22)
        self._book.row([c.label if c.group else "" for c in columns], HEADING, 30)
        start = 0
        for place in range(1, len(columns) + 1):
            if place < len(columns) and columns[place].group and columns[place].group == columns[start].group:
                continue
            if not columns[start].group:
                self._book.merge(3, start, 4, start)
            elif place - start > 1:
                self._book.merge(3, start, 3, place - 1)
            start = place

    def row(self, values: list[Value]) -> int:
        return self._book.row(values, self._styles)

    def close(self) -> None:
        delivery = self._delivery
        last = len(delivery.roster.columns) - 1
        if delivery.roster.totalled:
            row = self._book.row(["合计", f"{delivery.count}人", *[""] * (last - 1)], CENTRED)
            self._book.merge(row, 1, row, last)
        if delivery.roster.note:
            row = self._book.row([delivery.roster.note, *[""] * last], NOTE)
            self._book.merge(row, 0, row, last)
        row = self._book.row(["填表人：            审核人：            联系电话：", *[""] * last], NOTE)
        self._book.merge(row, 0, row, last)
        self._book.close()


class _Csv:
    """An export of a system, in GB18030 with Windows' line ends."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._file: IO[str] = delivery.path.open("w", encoding="gb18030", newline="")
        self._csv = csv.writer(self._file)
        self._lines = 0
        if delivery.roster.titled:
            self.row([delivery.words(delivery.roster.title), *[""] * (len(delivery.roster.columns) - 1)])
        self.row([column.label for column in delivery.roster.columns])

    def row(self, values: list[Value]) -> int:
        self._csv.writerow(values)
        self._lines += 1
        return self._lines

    def close(self) -> None:
        if self._delivery.roster.totalled:
            width = len(self._delivery.roster.columns)
            self.row(["合计", str(self._delivery.count), *[""] * (width - 2)])
        self._file.close()
