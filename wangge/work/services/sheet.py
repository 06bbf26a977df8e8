"""A sheet of programmes, one row a programme or a dated version of one, read and held against the house's rules.

Every fault is told with file, sheet, row (as Excel counts) and column; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from wangge.cores.eligibility.elements import Element
from wangge.cores.eligibility.printing import condition_text, rule_text
from wangge.cores.eligibility.rules import Condition, Node, all_of, conditions
from wangge.cores.eligibility.versions import ProgrammeVersion, check
from wangge.cores.eligibility.words import ConditionError
from wangge.cores.messages.said import said
from wangge.cores.tables import parsing
from wangge.cores.tables.errors import RowError, TableError
from wangge.cores.tables.parsing import Unreadable, choice
from wangge.cores.tables.table import Table, nearest, require
from wangge.platform.elements import lint, registry
from wangge.work.services.declaring import KINDS, TELLING, ask_of, elements_of, rule_of

T = TypeVar("T")

COLUMNS = {
    "code": ("code", "编码", "事项编码"),
    "name_zh": ("name_zh", "名称", "事项名称"),
    "name_en": ("name_en", "英文名称"),
    "department": ("department", "部门", "主管部门"),
    "mode": ("mode", "办理方式"),
    "basis": ("basis", "依据"),
    "purpose": ("purpose", "用途"),
    "from": ("from", "from_on", "生效日期"),
    "to": ("to", "to_on", "失效日期"),
    "conditions": ("conditions", "条件"),
    "elements": ("elements", "declared elements", "declared_elements", "数据元"),
    "asks": ("asks", "办理需要"),
    "minutes": ("minutes", "分钟"),
    "due_days": ("due_days", "办理天数"),
    "decline_days": ("decline_days", "谢绝天数"),
    "again_days": ("again_days", "再次天数"),
    "kind": ("kind", "类别"),
}
OPTIONAL = {"name_en", "to", "asks", "minutes", "due_days", "decline_days", "again_days", "kind"}
MODES = {
    "no_application": "no_application", "免申即享": "no_application", "by_telephone": "by_telephone", "电话办": "by_telephone",
    "on_behalf": "on_behalf", "代办": "on_behalf", "at_the_door": "at_the_door", "上门": "at_the_door",
}  # fmt: skip
MINUTES = {"no_application": 15, "by_telephone": 10, "on_behalf": 20, "at_the_door": 25}
"""What a visit or a call takes where the sheet doesn't say."""
TODO_KINDS = {
    "service": "service",
    "服务": "service",
    "visit": "visit",
    "探访": "visit",
    "office": "office",
    "窗口": "office",
}
DUE_DAYS, DECLINE_DAYS = 15, 10
NOTHING = {"-", "无", "none"}
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_PARTED = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A row of the sheet, read and sound. ``rule`` and ``asks`` are in the form in which the rule language writes them."""

    row: int
    code: str
    name_zh: str
    name_en: str
    department: str
    mode: str
    kind: str
    basis: str
    purpose: str
    from_on: date
    to_on: date | None
    rule: str
    elements: list[str]
    asks: list[str]
    minutes: int
    due_days: int
    decline_days: int
    again_days: int | None


class ProgrammeSheet:
    """A table by our names for its columns; ``errors`` collects what is wrong."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.errors: list[RowError] = list(table.errors)
        present = {name.casefold(): name for name in table.columns}
        found = {
            ours: next((present[n] for n in called if n in present), None) for ours, called in COLUMNS.items()
        }
        require(
            table,
            [COLUMNS[ours][0] for ours, theirs in found.items() if theirs is None and ours not in OPTIONAL],
        )
        self.called = {ours: theirs for ours, theirs in found.items() if theirs is not None}

    def column(self, ours: str, parse: Callable[[str], T], *, required: bool = False) -> list[T | None]:
        """The values of a column, None where a box is empty or can't be read."""
        if ours not in self.called:
            return [None] * len(self.table)
        return parsing.clean(self.table, self.called[ours], parse, self.errors, required=required)

    def fault(self, index: int, ours: str, code: str, expected: str, advice: str) -> None:
        """One more thing that is wrong, in a row of the data (0 is the first)."""
        self.errors.append(self.table.error(index, self.called.get(ours), code, expected, advice))


def read(table: Table, departments: Mapping[str, str]) -> list[ProgrammeRow]:
    """The rows of a sheet; ``departments`` is code or name → code. Raises ``TableError`` naming everything that is wrong."""
    sheet = ProgrammeSheet(table)
    values: dict[str, Sequence[object]] = {
        "code": sheet.column("code", _code, required=True),
        "name_zh": sheet.column("name_zh", _short(60), required=True),
        "name_en": sheet.column("name_en", _short(100)),
        "department": sheet.column("department", choice(departments), required=True),
        "mode": sheet.column("mode", choice(MODES), required=True),
        "kind": sheet.column("kind", choice(TODO_KINDS)),
        "basis": sheet.column("basis", _short(200), required=True),
        "purpose": sheet.column("purpose", _short(60), required=True),
        "from": sheet.column("from", parsing.date, required=True),
        "to": sheet.column("to", parsing.date),
        "elements": sheet.column("elements", str, required=True),
        "conditions": sheet.column("conditions", str, required=True),
        "asks": sheet.column("asks", str),
    }
    values |= {
        name: sheet.column(name, parsing.between(parsing.whole_number, 0, 3660))
        for name in ("minutes", "due_days", "decline_days", "again_days")
    }
    rows = []
    for index in range(len(table)):
        row = {name: column[index] for name, column in values.items()}
        rows.append(_row(sheet, index, row))
    _once_each(sheet, rows)
    if sheet.errors or not rows:
        raise TableError(sorted(sheet.errors or [_no_rows(table)], key=lambda error: error.row or 0))
    return [row for row in rows if row is not None]


def _row(sheet: ProgrammeSheet, index: int, row: Mapping[str, object]) -> ProgrammeRow | None:
    before = len(sheet.errors)
    _no_red_line(sheet, index, row)
    codes = _elements(sheet, index, str(row["elements"] or ""))
    declared = elements_of(codes)
    rule = _rule(sheet, index, str(row["conditions"] or ""), declared)
    asks = _asks(sheet, index, row["asks"], declared, rule)
    first, last = row["from"], row["to"]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        sheet.fault(
            index,
            "to",
            "dates_reversed",
            said("a day from %(first)s on", first=first),
            said("Correct one of the two dates."),
        )
    missing = any(row[name] is None for name in ("code", "name_zh", "department", "mode", "basis", "purpose"))
    if len(sheet.errors) > before or missing or rule is None or not isinstance(first, date):
        return None
    mode = str(row["mode"])
    return ProgrammeRow(
        row=int(sheet.table.row_numbers[index]), code=str(row["code"]), name_zh=str(row["name_zh"]),
        name_en=str(row["name_en"] or row["name_zh"]), department=str(row["department"]), mode=mode,
        kind=str(row["kind"] or "service"), basis=str(row["basis"]), purpose=str(row["purpose"]), from_on=first,
        to_on=last if isinstance(last, date) else None, rule=rule_text(rule), elements=codes,
        asks=[condition_text(ask) for ask in asks], minutes=_number(row["minutes"]) or MINUTES[mode],
        due_days=_number(row["due_days"]) or DUE_DAYS, decline_days=_number(row["decline_days"]) or DECLINE_DAYS,
        again_days=_number(row["again_days"]) or None,
    )  # fmt: skip


def _no_red_line(sheet: ProgrammeSheet, index: int, row: Mapping[str, object]) -> None:
    for name in ("code", "name_zh", "name_en", "purpose"):
        crossed = lint.check(str(row[name] or ""))
        if crossed is not None:
            why = f"{crossed.zh} ({crossed.en})"
            sheet.fault(
                index,
                name,
                "red_line",
                said("a programme that crosses no red line"),
                said("Refused: %(why)s", why=why),
            )


def _elements(sheet: ProgrammeSheet, index: int, text: str) -> list[str]:
    """The declared elements; what isn't registered, or isn't about persons, is a fault."""
    known = {one.code: one for one in registry.of_holder("person") if one.kind in KINDS}
    labels = {one.zh: one.code for one in known.values()}
    found = []
    for word in filter(None, _PARTED.split(text)):
        code = labels.get(word, word)
        if code in known:
            found.append(code)
            continue
        near = nearest(word, [*known, *labels])
        advice = said("What isn't registered can't be read.")
        if near:
            advice = said("Did you mean '%(near)s'? %(advice)s", near=near, advice=advice)
        sheet.fault(
            index, "elements", "unknown_element", said("registered elements of a person, not '%(word)s'", word=word), advice
        )  # fmt: skip
    return list(dict.fromkeys(found))


def _rule(sheet: ProgrammeSheet, index: int, text: str, declared: Mapping[str, Element]) -> Node | None:
    """All lines of the box together; each line is a rule by itself, so that an ``or`` binds within its line."""
    before, lines = len(sheet.errors), []
    for line in filter(None, (part.strip(" ;；\t\r") for part in text.split("\n"))):
        try:
            lines.append(rule_of(line, declared))
        except ConditionError as error:
            sheet.fault(
                index, "conditions", "no_condition", error.expected, said("%(what)s.", what=error.message)
            )
    if len(sheet.errors) > before or not lines:
        return None
    rule = lines[0] if len(lines) == 1 else all_of(*lines)
    version = ProgrammeVersion("sheet", rule, tuple(declared.values()), date.min)
    for problem in check(version):
        sheet.fault(
            index,
            "conditions",
            problem.code,
            said("a sound rule"),
            said("%(what)s.", what=problem.sentence()),
        )
    return rule


def _asks(
    sheet: ProgrammeSheet, index: int, given: object, declared: Mapping[str, Element], rule: Node | None
) -> list[Condition]:
    """What giving the service needs; where the sheet doesn't say, what is declared and the rule doesn't read."""
    if given is None:
        read = {one.element for one in conditions(rule)} if rule is not None else set(declared)
        return [ask_of(code, declared) for code in declared if code not in read and code != TELLING]
    found: list[Condition] = []
    for text in filter(None, (part.strip() for part in re.split(r"[\n,，、;；]", str(given)))):
        if text.casefold() in NOTHING:
            continue
        try:
            found.append(ask_of(text, declared))
        except ConditionError as error:
            sheet.fault(index, "asks", "no_condition", error.expected, said("%(what)s.", what=error.message))
    return found


def _once_each(sheet: ProgrammeSheet, rows: list[ProgrammeRow | None]) -> None:
    rows_of: dict[tuple[str, date], int] = {}
    for index, row in enumerate(rows):
        if row is None:
            continue
        first = rows_of.setdefault((row.code, row.from_on), row.row)
        if first != row.row:
            expected = said("a code and first day of its own (row %(row)s has the same)", row=first)
            sheet.fault(index, "code", "twice", expected, said("Remove one of the two."))


def _no_rows(table: Table) -> RowError:
    return RowError(
        table.file,
        table.sheet,
        None,
        None,
        None,
        "no_rows",
        said("a programme a row"),
        said("The sheet has a header only."),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise Unreadable(
            "no_code",
            said("a code such as old_age_allowance"),
            said("Use small letters, digits and underscores."),
        )
    return text


def _short(most: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if len(text) > most:
            raise Unreadable(
                "too_long", said("at most %(most)s characters", most=most), said("Shorten it."), most=most
            )
        return " ".join(text.split())

    return parse
