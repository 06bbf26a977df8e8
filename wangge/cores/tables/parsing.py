"""Room `cores.tables`: typed cleaning of a column of text; what can't be read becomes a RowError.

A parser takes the text of one box that is not empty and returns a value or raises `Unreadable`; `clean`
runs it over a column and collects the errors.
"""

from __future__ import annotations

import datetime as dt
import decimal as dec
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from wangge.cores.messages.said import Message, said
from wangge.cores.tables.boxes import NO_NUMBER, narrow, number_digits
from wangge.cores.tables.errors import RowError
from wangge.cores.tables.table import Table, nearest, require

T = TypeVar("T")
Parser = Callable[[str], T]

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of spreadsheet dates from 1900-03-01 on (ECMA-376 part 1, 18.17.4.1)."""
FIRST_SERIAL, LAST_SERIAL = 61, 73_050  # 1900-03-01 to 2099-12-31

_WHOLE = re.compile(r"^[-+]?\d+(\.0+)?$")
_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_PARTED = re.compile(rf"^(\d+)([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}$")
_HAN = re.compile(rf"^(\d+)年(\d{{1,2}})月(\d{{1,2}})[日号]?{_TIME}$")
_SERIAL = re.compile(r"^\d{2,5}(\.\d+)?$")
_YEAR = re.compile(r"^(18|19|20|21)\d\d$")  # a year alone, not the day of 1905 that has this number
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")

YES = frozenset({"是", "有", "1", "y", "yes", "true", "√", "对"})
NO = frozenset({"否", "无", "没有", "0", "n", "no", "false", "×", "不是"})


class Unreadable(ValueError):
    """A text that a parser can't read: a stable code, what was expected, and what to do."""

    def __init__(self, code: str, expected: str, advice: str, **parameters: object) -> None:
        super().__init__(expected)
        self.code, self.expected, self.advice, self.parameters = code, expected, advice, parameters


def clean(
    table: Table, column: str, parse: Parser[T], errors: list[RowError], *, required: bool = False
) -> list[T | None]:
    """The column's values, None where a box is empty or can't be read; each of the latter adds to `errors`.

    With `required` an empty box is an error too. Raises TableError for a column that is not there.
    """
    require(table, [column])
    known: dict[str, T | Unreadable] = {}
    values: list[T | None] = []
    for index, text in enumerate(table.column(column)):
        if not text:
            values.append(None)
            if required:
                errors.append(
                    table.error(index, column, "empty_box", said("a value"), said("Fill the box in."))
                )
            continue
        if text not in known:
            known[text] = _attempt(parse, text)
        value = known[text]
        if isinstance(value, Unreadable):
            errors.append(
                table.error(index, column, value.code, value.expected, value.advice, **value.parameters)
            )
            values.append(None)
        else:
            values.append(value)
    return values


def _attempt(parse: Parser[T], text: str) -> T | Unreadable:
    try:
        return parse(text)
    except Unreadable as error:
        return error


def whole_number(text: str) -> int:
    """`12`, `-3`, `1,200`, `3.0`. Raises Unreadable."""
    plain = number_digits(text)
    if plain is None or not _WHOLE.match(plain):
        raise Unreadable("no_whole_number", said("a whole number such as 12"), said("Enter digits only."))
    return int(plain.split(".")[0])


def decimal(text: str) -> dec.Decimal:
    """`12.50`, `1,200.5`, `-3`, `1e-3`, exact. Raises Unreadable."""
    plain = number_digits(text)
    if plain is None:
        raise Unreadable(*NO_NUMBER)
    return dec.Decimal(plain)


def between(parse: Parser[T], least: T | None = None, most: T | None = None) -> Parser[T]:
    """A parser that also refuses what lies outside `least` … `most` (both are allowed)."""

    def parse_within(text: str) -> T:
        value = parse(text)
        if (least is not None and value < least) or (most is not None and value > most):  # type: ignore[operator]
            raise Unreadable(
                "out_of_range", _bounds(least, most), said("Correct it."), least=least, most=most
            )
        return value

    return parse_within


def _bounds(least: object, most: object) -> Message:
    if least is None:
        return said("a value of at most %(most)s", most=most)
    if most is None:
        return said("a value of at least %(least)s", least=least)
    return said("a value from %(least)s to %(most)s", least=least, most=most)


def date(text: str) -> dt.date:
    """2024-05-01, 2024/5/1, 2024.05.01, 20240501, 2024年5月1日, or a spreadsheet's day number (not 1800 to 2199).

    A time after the date is dropped. Two-digit years and days that no calendar has raise Unreadable.
    """
    plain = narrow(text)
    if match := _PARTED.match(plain):
        year, _, month, day = match.groups()
    elif match := _HAN.match(plain) or _COMPACT.match(plain):
        year, month, day = match.groups()
    elif _SERIAL.match(plain) and FIRST_SERIAL <= float(plain) < LAST_SERIAL + 1 and not _YEAR.match(plain):
        return EPOCH + dt.timedelta(days=int(float(plain)))
    else:
        raise Unreadable("no_date", said("a date such as 2024-05-01"), said("Enter year, month and day."))
    if len(year) != 4:
        raise Unreadable(
            "short_year", said("a year of four digits"), said("Enter the date such as 2024-05-01.")
        )
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable(
            "impossible_date", said("a day that the calendar has"), said("Correct the date.")
        ) from error


def choice(choices: Mapping[str, T]) -> Parser[T]:
    """A parser for a list of allowed texts, each with its value; case and width of letters don't matter."""
    folded = {narrow(text).casefold(): value for text, value in choices.items()}

    def parse_choice(text: str) -> T:
        plain = narrow(text).casefold()
        if plain in folded:
            return folded[plain]
        near = nearest(text, choices)
        advice = said("Did you mean '%(near)s'?", near=near) if near else said("Choose one of them.")
        allowed = said("one of: %(allowed)s", allowed=", ".join(choices))
        raise Unreadable("no_choice", allowed, advice, choices=tuple(choices), near=near)

    return parse_choice


def yes_no(text: str) -> bool:
    """是/否, 有/无, 1/0, Y/N, yes/no, true/false, √/×. Raises Unreadable."""
    plain = narrow(text).casefold()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Unreadable("no_yes_no", said("是 or 否"), said("Enter 是 or 否."))
