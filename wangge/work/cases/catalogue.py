"""The catalogue of classes with their filing rules: in from xlsx or csv, out as it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q

from wangge.cores.messages.said import said
from wangge.cores.tables.parsing import Unreadable, choice, yes_no
from wangge.cores.worktime.limits import Limit, Unit
from wangge.platform.access import policy
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.elements import lint
from wangge.work.cases import presenting
from wangge.work.cases.models import Case, ClassOfCase, FilingRule
from wangge.work.cases.reading import Reading, short
from wangge.work.cases.records import ClassRecord, Loaded

KINDS = {"部件": "part", "part": "part", "事件": "event", "event": "event"}
COLUMNS = {
    "kind": ("种类", "类别", "kind"),
    "big_code": ("大类代码", "big_code"),
    "big_zh": ("大类名称", "大类", "big_name"),
    "big_en": ("大类英文名称", "big_en"),
    "small_code": ("小类代码", "small_code"),
    "name_zh": ("小类名称", "小类", "small_name"),
    "name_en": ("英文名称", "name_en"),
    "filing": ("立案条件", "filing_condition"),
    "closing": ("结案条件", "closing_condition"),
    "limit": ("处置时限", "time_limit"),
    "photo": ("需要照片", "photo_required"),
}
OPTIONAL = {"big_en", "name_en", "closing", "photo"}
NAMES = {"big_zh": 60, "big_en": 80, "name_zh": 60, "name_en": 80}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the catalogue, read."""

    code: str
    names: dict[str, str]
    filing: str
    closing: str
    limit: str
    photo: bool


def load_catalogue(
    *, file: Path | bytes, name: str, by: Actor, units: Mapping[str, Unit] | None = None
) -> Loaded:
    """Add classes and filing rules, or change them; a class has one rule a row, in the order of the file.

    ``units`` says what a bare 天 or 小时 means in this city. Nothing is written unless every row is good: raises
    ``TableError`` that names row and column of each bad one. A rule that cases were filed by stays.
    """
    policy.require(by, "cases.catalogue.manage")
    rules = _read(Reading(file, name, COLUMNS, OPTIONAL), units or {})
    with transaction.atomic():
        known = set(ClassOfCase.objects.values_list("code", flat=True))
        first = {rule.code: rule for rule in reversed(rules)}
        ClassOfCase.objects.bulk_create(
            [ClassOfCase(code=code, kind=_kind(code), **rule.names) for code, rule in first.items()],
            update_conflicts=True, unique_fields=["code"], update_fields=[*NAMES],
        )  # fmt: skip
        _write_rules(rules)
        added = len(set(first) - known)
        trail.record(
            by=by, verb="cases.load_catalogue", object_kind="catalogue", object_id=name[:80],
            details={"rows": len(rules), "added": added},
        )  # fmt: skip
    return Loaded(rows=len(rules), added=added, changed=len(first) - added)


def classes(actor: Actor, *, search: str = "") -> list[ClassRecord]:
    """The catalogue: anybody who reports chooses from it."""
    policy.require(actor, "cases.catalogue.see")
    rows = ClassOfCase.objects.prefetch_related(
        Prefetch("rules", FilingRule.objects.order_by("number"))
    ).order_by("code")
    if search:
        rows = rows.filter(
            Q(name_zh__contains=search) | Q(name_en__icontains=search) | Q(code__startswith=search)
        )
    return [
        ClassRecord(
            code=r.code, kind=r.kind, big_zh=r.big_zh, big_en=r.big_en, name_zh=r.name_zh, name_en=r.name_en,
            imported=r.imported, rules=[presenting.rule(one) for one in r.rules.all()],
        )
        for r in rows
    ]  # fmt: skip


def _read(file: Reading, units: Mapping[str, Unit]) -> list[Rule]:
    kinds = file.column("kind", choice(KINDS), required=True)
    big = file.column("big_code", _two_digits, required=True)
    small = file.column("small_code", _two_digits, required=True)
    names = {name: file.column(name, short(most), required=name == "name_zh") for name, most in NAMES.items()}
    filing, closing = file.column("filing", short(300)), file.column("closing", short(300))
    limits = file.column("limit", lambda text: _limit(text, units), required=True)
    photos = file.column("photo", yes_no)
    for index, shown in enumerate(zip(names["name_zh"], names["name_en"], filing, strict=True)):
        line = lint.check(*(text or "" for text in shown))
        if line is not None:
            file.fault(
                index, "name_zh", "red_line", said("a class that crosses no red line"), f"{line.zh} {line.en}"
            )
    file.must_be_good()
    return [
        Rule(
            code=f"{str(kinds[i])[0].upper()}{big[i]}{small[i]}", names={name: column[i] or "" for name, column in names.items()},
            filing=filing[i] or "", closing=closing[i] or "", limit=str(limits[i]), photo=bool(photos[i]),
        )
        for i in range(len(file))
    ]  # fmt: skip


def _write_rules(rules: list[Rule]) -> None:
    keys = dict(ClassOfCase.objects.filter(code__in={rule.code for rule in rules}).values_list("code", "pk"))
    numbered: dict[str, int] = {}
    rows = []
    for rule in rules:
        numbered[rule.code] = numbered.get(rule.code, 0) + 1
        row = FilingRule(
            of_class_id=keys[rule.code], number=numbered[rule.code], filing=rule.filing, closing=rule.closing
        )
        row.limit, row.photo_required = rule.limit, rule.photo
        rows.append(row)
    FilingRule.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["of_class", "number"],
        update_fields=["filing", "closing", "limit", "photo_required"],
    )  # fmt: skip
    gone = Q()
    for code, count in numbered.items():
        gone |= Q(of_class=keys[code], number__gt=count)
    FilingRule.objects.filter(gone).exclude(Exists(Case.objects.filter(rule=OuterRef("pk")))).delete()


def _kind(code: str) -> str:
    return "part" if code.startswith("P") else "event"


def _two_digits(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise Unreadable("no_code", said("a code of two digits such as 01"), said("Enter the class's code."))
    return text.zfill(2)


def _limit(text: str, units: Mapping[str, Unit]) -> str:
    try:
        return str(Limit.parse(text, units))
    except ValueError as error:
        raise Unreadable(
            "no_limit",
            said("a time limit such as 4 工作时 or 2 紧急工作时"),
            said("%(what)s.", what=error.args[0]),
        ) from error
