"""Screening: what each programme's rule says of everybody today, against what stands already.

Reading and judging happen outside any write; what changed is then written in short transactions, each row only if nobody has
touched it meanwhile. A decided row is never among them: the table of ``states`` has no line for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from wangge.cores.eligibility.columns import fitted_column, judge_column
from wangge.cores.eligibility.reasons import explain
from wangge.cores.eligibility.rules import FAILS, HOLDS, OPEN, Condition
from wangge.cores.eligibility.screening import screen as judge
from wangge.cores.eligibility.versions import ProgrammeVersion
from wangge.ground.areas import queries as areas
from wangge.ground.registry import columns as registry
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.hub import queries as hub
from wangge.work.services.declaring import asks_of, holder, screenable, spans, standing_on
from wangge.work.services.findings import Change, Finding, Held, Ledger, changes, lost
from wangge.work.services.merged import Merged
from wangge.work.services.models import Programme, Version
from wangge.work.services.records import Screened, ScreenedProgramme
from wangge.work.services.writing import write

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

AT_ONCE = 5000
"""Persons asked for by id in one query."""


@dataclass
class Tally:
    """What one programme's screening found so far."""

    answers: dict[int, int] = field(default_factory=lambda: dict.fromkeys((FAILS, OPEN, HOLDS), 0))
    changed: int = 0


def screen(
    *, by: Actor, persons: Iterable[str] | None = None, on: date | None = None, programme: str = ""
) -> Screened:
    """Apply every programme's rule (or one's) to everybody (or to some persons) as of a day; today, if none is named.

    Run again it changes nothing that hasn't changed: nobody is found twice, and what people decided stands. Entitlement that
    was lost before anybody acted lapses, and its to-do is withdrawn; outside a programme's dates nobody is entitled. Whatever the
    day, reading needs the programme's leave of today (``Forbidden``).
    """
    day, within = on or clock.today(), scope(by, "services.manage")
    asked = None if persons is None else list(dict.fromkeys(persons))
    absent, merged, found = hub.absent_values(), Merged(asked), []
    place_key = cache(areas.place_key)
    for one in Programme.objects.order_by("code").filter(**({"code": programme} if programme else {})):
        if within.covers(department=one.department):
            found.append(_screen(one, asked, day, absent, merged, place_key, by))
    return Screened(on=day, programmes=found)


def _screen(
    programme: Programme, persons: list[str] | None, day: date, absent: Mapping[str, str], merged: Merged,
    place_key: Callable[[str], int], by: Actor,
) -> ScreenedProgramme:  # fmt: skip
    versions = list(programme.versions.filter(replaced=False).select_related("programme"))
    version = standing_on(versions, day)
    ledger, tally = Ledger(programme, merged, whole=persons is None), Tally()
    if version is not None:
        last = next(last for one, last in spans(versions) if one.pk == version.pk)
        desk = Desk(version, screenable(version, last=last, absent=absent), day, place_key)
        for part in _read(version, persons, by):
            found = desk.findings(part, ledger.of(part.column("person").to_pylist()), tally)
            tally.changed += write(found, by)
    if persons is None or version is None:
        tally.changed += write([lost(row, programme) for row in ledger.unseen()], by)
    if persons is None:
        Programme.objects.filter(pk=programme.pk).update(screened_at=clock.now())
    return ScreenedProgramme(
        programme=programme.code, in_force=version is not None, entitled=tally.answers[HOLDS],
        not_entitled=tally.answers[FAILS], undetermined=tally.answers[OPEN], changed=tally.changed,
    )  # fmt: skip


def _read(version: Version, persons: list[str] | None, by: Actor) -> Iterator[pa.Table]:
    """The declared elements of everybody, or of some persons, part by part; nothing else about them is read."""
    import pyarrow as pa

    parts = [None] if persons is None else [persons[i : i + AT_ONCE] for i in range(0, len(persons), AT_ONCE)]
    for part in parts:
        for batch in registry.stream(
            purpose=version.purpose, elements=[*version.elements, "place"], by=by,
            holder=holder(version.programme.code), persons=part,
        ):  # fmt: skip
            yield pa.Table.from_batches([batch])


class Desk:
    """One version of one programme's rule, applied to parts of the people on one day."""

    def __init__(
        self, version: Version, rule: ProgrammeVersion, day: date, place_key: Callable[[str], int]
    ) -> None:
        self.version, self.rule, self.day, self.place_key = version, rule, day, place_key
        self.asks = asks_of(version)

    def findings(self, table: pa.Table, known: Mapping[str, list[Held]], tally: Tally) -> list[Change]:
        """What the rule's answers change for the people of a table; ``known`` is what stands for them already."""
        import pyarrow as pa

        judged = judge(table, self.rule, self.day)
        for answer in tally.answers:
            tally.answers[answer] += int((judged.answers == answer).sum())
        lacking = [(ask.element, self._lacks(table, ask)) for ask in self.asks]
        people = table.column("person").to_pylist()
        answers = judged.answers.tolist()
        wanted = [i for i, a in enumerate(answers) if a != FAILS or people[i] in known]
        rows = table.take(pa.array(wanted, pa.int64())).to_pylist()
        found: list[Change] = []
        for i, row in zip(wanted, rows, strict=True):
            finding = self._finding(
                row, answers[i], judged.settled_by(i) if answers[i] == OPEN else (), i, lacking
            )
            found += changes(finding, known.get(people[i], ()), self.version.programme, self.day)
        return found

    def _finding(
        self, row: Mapping[str, Any], answer: int, missing: tuple[str, ...], index: int, lacking: list[tuple[str, np.ndarray]]
    ) -> Finding:  # fmt: skip
        """One person's; reasons are put into words only where they will be kept."""
        place = None if answer == FAILS or row["place"] is None else self.place_key(row["place"])
        if answer == HOLDS:
            to_ask = tuple(code for code, lacks in lacking if lacks[index])
            return Finding(row["person"], "find", self.version, place, partial(self._why, row), (), to_ask)
        if answer == OPEN:
            return Finding(row["person"], "doubt", self.version, place, partial(_not_known, missing), missing)
        return Finding(row["person"], "lose", self.version)

    def _lacks(self, table: pa.Table, ask: Condition) -> np.ndarray:
        """Of whom what giving the service needs is not held (bool)."""
        column = fitted_column(table.column(ask.element), self.rule.element(ask.element))
        return judge_column(ask, column, self.day) != HOLDS

    def _why(self, row: Mapping[str, object]) -> tuple[str, str]:
        reasons = explain(row, self.rule, self.day)
        return reasons.text("zh"), reasons.text("en")


@cache
def _not_known(codes: tuple[str, ...]) -> tuple[str, str]:
    labels = [element(code) for code in codes]
    zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
    return f"尚不知道：{zh}", f"Not known yet: {en}"
