"""Room `cores.eligibility`: who of many people a programme's service may be offered to.

`not entitled` is said only where the rule fails whatever the missing values are; where a missing value would
decide, the person is `undetermined`, with the elements that would settle it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from wangge.cores.eligibility.columns import Judgement, fitted_column
from wangge.cores.eligibility.rules import FAILS, HOLDS, OPEN
from wangge.cores.eligibility.versions import ProgrammeVersion, require_sound

PERSON = "person"


class Outcome(StrEnum):
    """What a screening says of a person."""

    ENTITLED = "entitled"
    NOT_ENTITLED = "not_entitled"
    UNDETERMINED = "undetermined"


OUTCOMES = {HOLDS: Outcome.ENTITLED, FAILS: Outcome.NOT_ENTITLED, OPEN: Outcome.UNDETERMINED}


@dataclass(frozen=True)
class Screening:
    """The answers of one rule on one day.

    `persons`, `answers` (int8: see `OUTCOMES`) and each mask of `missing` (bool, by element) are equally
    long and in the order of the table. `in_force` is False where the rule didn't hold on that day: then
    nobody is in it.
    """

    version: ProgrammeVersion
    on: dt.date
    in_force: bool
    persons: pa.ChunkedArray
    answers: np.ndarray
    missing: Mapping[str, np.ndarray]

    def counts(self) -> dict[Outcome, int]:
        """How many people have each outcome."""
        return {outcome: int((self.answers == answer).sum()) for answer, outcome in OUTCOMES.items()}

    def rows_with(self, outcome: Outcome) -> np.ndarray:
        """The positions (int64) of the people with this outcome, as rows of the table that was screened."""
        answer = next(answer for answer, other in OUTCOMES.items() if other is outcome)
        return np.flatnonzero(self.answers == answer)

    def persons_with(self, outcome: Outcome) -> pa.ChunkedArray:
        """The people with this outcome."""
        return self.persons.take(pa.array(self.rows_with(outcome)))

    def settled_by(self, index: int) -> tuple[str, ...]:
        """The elements that would settle the open answer of one person, by position."""
        return tuple(element for element, mask in self.missing.items() if mask[index])

    def to_arrow(self) -> pa.Table:
        """`person`, `outcome` (text) and `missing` (list of element codes), one row a person."""
        words = pa.array([OUTCOMES[answer].value for answer in range(len(OUTCOMES))])
        outcome = words.take(pa.array(self.answers, pa.int8()))
        missing: list[list[str]] = [[] for _ in range(len(self.answers))]
        for element, mask in self.missing.items():
            for index in np.flatnonzero(mask):
                missing[index].append(element)
        columns = [self.persons, outcome, pa.array(missing, pa.list_(pa.string()))]
        return pa.table(columns, names=[PERSON, "outcome", "missing"])


def screen(table: pa.Table, version: ProgrammeVersion, on: dt.date) -> Screening:
    """The rule over every row of a table with a column `person` and one for each element that the rule reads.

    Other columns are not looked at. Raises RuleErrors for an unsound version, KeyError naming a column
    that is not there: a value may be missing, a column may not.
    """
    require_sound(version)
    needed = version.read()
    absent = [name for name in (PERSON, *needed) if name not in table.column_names]
    if absent:
        raise KeyError(f"the table lacks the columns {', '.join(absent)} that '{version.code}' reads")
    if not version.in_force(on):
        nobody = pa.chunked_array([], table.schema.field(PERSON).type)
        return Screening(version, on, False, nobody, np.zeros(0, np.int8), {})
    columns = {name: fitted_column(table.column(name), version.element(name)) for name in needed}
    judgement = Judgement(version.rule, columns, on)
    return Screening(version, on, True, table.column(PERSON), judgement.answers, judgement.missing())
