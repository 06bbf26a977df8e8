"""The responsibility list (处置责任清单) as a file: in from xlsx or csv, and as everybody may read it."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import transaction

from wangge.cores.messages.said import said
from wangge.cores.tables.parsing import Unreadable, choice
from wangge.platform.access import policy
from wangge.platform.access import queries as access
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.work.cases.models import Responsibility
from wangge.work.cases.reading import Reading, short
from wangge.work.cases.records import Loaded, ResponsibilityRecord

COLUMNS = {
    "class_code": ("类别代码", "class_code"),
    "area": ("区域代码", "area"),
    "department": ("责任部门", "部门", "department"),
    "clause": ("条款", "依据", "clause"),
}
_CLASS_PREFIX = re.compile(r"[PE](\d\d){0,2}", re.IGNORECASE)
_AREA_PREFIX = re.compile(r"\d{1,24}")

Key = tuple[str, str]


def load_responsibilities(*, file: Path | bytes, name: str, by: Actor) -> Loaded:
    """Add lines, or change them; departments are named by code or by name.

    Nothing is written unless every row is good: raises ``TableError`` that names row and column of each bad one.
    """
    policy.require(by, "cases.catalogue.manage")
    departments = access.departments(by)
    called = {d.name_zh: d.code for d in departments} | {d.code: d.code for d in departments}
    lines = _read(Reading(file, name, COLUMNS, {"area"}), called)
    with transaction.atomic():
        known = set(Responsibility.objects.values_list("class_code", "area"))
        Responsibility.objects.bulk_create(
            [Responsibility(class_code=c, area=a, department=d, clause=t) for (c, a), (d, t) in lines.items()],
            update_conflicts=True, unique_fields=["class_code", "area"], update_fields=["department", "clause"],
        )  # fmt: skip
        added = len(set(lines) - known)
        trail.record(
            by=by, verb="cases.load_responsibilities", object_kind="catalogue", object_id=name[:80],
            details={"rows": len(lines), "added": added},
        )  # fmt: skip
    return Loaded(rows=len(lines), added=added, changed=len(lines) - added)


def responsibilities(actor: Actor) -> list[ResponsibilityRecord]:
    """The whole list: what each department answers for is no secret."""
    policy.require(actor, "cases.catalogue.see")
    rows = Responsibility.objects.order_by("class_code", "area")
    return [
        ResponsibilityRecord(class_code=r.class_code, area=r.area, department=r.department, clause=r.clause)
        for r in rows
    ]


def _read(file: Reading, departments: dict[str, str]) -> dict[Key, tuple[str, str]]:
    codes = file.column("class_code", _class_prefix)
    areas = file.column("area", _area_prefix)
    chosen = file.column("department", choice(departments), required=True)
    clauses = file.column("clause", short(200), required=True)
    lines: dict[Key, tuple[str, str]] = {}
    said_in: dict[Key, int] = {}
    for index in range(len(file)):
        key = (codes[index] or "", areas[index] or "")
        if key in lines:
            what = said("a class and area of its own (row %(row)s has the same)", row=said_in[key])
            file.fault(index, "class_code", "twice", what, said("Remove one of the two."))
        lines.setdefault(key, (chosen[index] or "", clauses[index] or ""))
        said_in.setdefault(key, file.row(index))
    file.must_be_good()
    return lines


def _class_prefix(text: str) -> str:
    if not _CLASS_PREFIX.fullmatch(text):
        raise Unreadable(
            "no_class_code",
            said("a class code or its beginning such as P01 or E0103"),
            said("P are parts, E are events."),
        )
    return text.upper()


def _area_prefix(text: str) -> str:
    if not _AREA_PREFIX.fullmatch(text):
        raise Unreadable(
            "no_area_code",
            said("an area code or its beginning such as 420502"),
            said("Enter digits, or leave it empty."),
        )
    return text
