"""Sheets in: the shipped one, and over it a city's own, checked row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.workday.sheet import Parameter, Sheet

if TYPE_CHECKING:
    from wangge.cores.tables.errors import RowError
    from wangge.cores.tables.table import Table

DEFAULTS = Path(__file__).with_name("defaults.csv")
COLUMNS = ("code", "zh", "en", "value", "low", "high", "unit", "assumption", "source")
PARTS = ("share", "times", "minutes", "due")
"""What the rows of a programme of visits are called."""
ANSWERS = {"yes": True, "是": True, "no": False, "否": False}
SHARES = (
    "vain.share",
    "refused.share",
    "withdrawn.share",
)  # above 0.9 a visit would hardly ever come to an end
POSITIVE = ("walk.speed", "walk.detour", "day.minutes", "year.days", "vain.attempts", "ground.floors")


def read_sheet(path: Path | None = None) -> Sheet:
    """The shipped sheet, with the rows of a city's own (csv or xlsx) in the place of those of the same code.

    :raises TableError: naming every bad row.
    """
    shipped = _rows(DEFAULTS, None)
    if path is None:
        return Sheet(tuple(shipped.values()))
    return Sheet(tuple((shipped | _rows(path, frozenset(shipped))).values()))


def _rows(path: Path, known: Collection[str] | None) -> dict[str, Parameter]:
    from wangge.cores.planner.intake.checking import Checks
    from wangge.cores.tables.errors import TableError
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    codes = checks.names("code", unique=True)
    texts = {name: checks.names(name) for name in ("zh", "en", "unit", "assumption", "source")}
    value, low, high = (checks.numbers(name, least=0) for name in ("value", "low", "high"))
    checks.finish()
    made = {
        code: Parameter(code, texts["zh"][i], texts["en"][i], float(value[i]), float(low[i]), float(high[i]),
                        texts["unit"][i], ANSWERS.get(texts["assumption"][i].casefold(), True), texts["source"][i])
        for i, code in enumerate(codes)
    }  # fmt: skip
    if errors := [*_faults(table, made), *_unknown(table, made, known)]:
        raise TableError(errors)
    return made


def _faults(table: Table, made: Mapping[str, Parameter]) -> list[RowError]:
    """Rows whose numbers or words don't go together."""
    found = []
    answers = table.column("assumption")
    for i, row in enumerate(made.values()):
        if answers[i].casefold() not in ANSWERS:
            expected, advice = said("yes or no (是 or 否)"), said("Say whether the row is an assumption.")
            found.append(table.error(i, "assumption", "unknown_word", expected, advice))
        if not row.low <= row.value <= row.high:
            expected = said("a value from low to high (%(low)s to %(high)s)", low=row.low, high=row.high)
            found.append(table.error(i, "value", "out_of_bounds", expected, said("Correct the number.")))
        most = 1.0 if row.code.endswith(".share") else np.inf
        if row.high > (0.9 if row.code in SHARES else most):
            found.append(
                table.error(i, "high", "out_of_bounds", said("a share of one"), said("Correct the number."))
            )
        if row.low <= 0 and row.code in POSITIVE:
            found.append(
                table.error(i, "low", "out_of_bounds", said("a number above 0"), said("Correct the number."))
            )
    return found


def _unknown(table: Table, made: Mapping[str, Parameter], known: Collection[str] | None) -> list[RowError]:
    """Rows whose code nothing reads, and programmes that lack a row."""
    if known is None:
        return []
    found, codes = [], list(made)
    for i, code in enumerate(codes):
        part = code.split(".")
        if code in known:
            continue
        if len(part) == 3 and part[0] == "visits" and part[2] in PARTS:
            missing = [f"visits.{part[1]}.{one}" for one in PARTS if f"visits.{part[1]}.{one}" not in made]
            expected = said("four rows of a programme; missing: %(codes)s", codes=", ".join(missing))
            advice = said("Add the rows.")
            wrong = bool(missing)
        else:
            expected, wrong = (
                said("a code of the shipped sheet, or visits.NAME.share, .times, .minutes, .due"),
                True,
            )
            advice = said("Correct the code.")
        if wrong:
            found.append(table.error(i, "code", "unknown_code", expected, advice))
    return found
