"""Whose case is it? The responsibility list (处置责任清单): the longest class prefix decides, then the longest area prefix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.platform.access import queries as access
from wangge.platform.audit.actor import Actor
from wangge.work.cases import words
from wangge.work.cases.models import Case, ClassOfCase, Responsibility
from wangge.work.cases.records import Suggestion


class Line(Protocol):
    """A line of the list."""

    class_code: str
    area: str


L = TypeVar("L", bound=Line)


def best(lines: Iterable[L], class_code: str, area: str) -> L | None:
    """The line that decides: of those whose prefixes both fit, the longest class code, then the longest area."""
    fitting = [one for one in lines if class_code.startswith(one.class_code) and area.startswith(one.area)]
    return max(fitting, key=lambda one: (len(one.class_code), len(one.area)), default=None)


def suggest(actor: Actor, row: Case) -> Suggestion | None:
    """The department that the list names for a case, with the clause and the reason in one sentence."""
    if row.of_class is None:
        return None
    line = best(_candidates(row.of_class.code, row.area), row.of_class.code, row.area)
    if line is None:
        return None
    department = next((d for d in access.departments(actor) if d.code == line.department), None)
    zh, en = (
        (department.name_zh, department.name_en or department.name_zh)
        if department
        else (line.department,) * 2
    )
    reason = _("%(class)s in %(area)s is handled by %(department)s: responsibility list, %(clause)s.") % {
        "class": class_path(row.of_class), "area": _area_name(actor, line.area),
        "department": zh if words.in_chinese() else en, "clause": line.clause,
    }  # fmt: skip
    return Suggestion(
        department=line.department, department_zh=zh, department_en=en, clause=line.clause,
        class_code=line.class_code, area=line.area, reason=reason,
    )  # fmt: skip


def class_path(of_class: ClassOfCase) -> str:
    """``公用设施/上水井盖``: the big class and the class, in the language of whoever is served."""
    zh = "/".join(filter(None, [of_class.big_zh, of_class.name_zh]))
    en = "/".join(filter(None, [of_class.big_en, of_class.name_en]))
    return zh if words.in_chinese() else en or zh


def _candidates(class_code: str, area: str) -> list[Responsibility]:
    """The few lines whose prefixes may fit, by their exact values: one query, however long the list is."""
    return list(Responsibility.objects.filter(class_code__in=prefixes(class_code), area__in=prefixes(area)))


def prefixes(code: str) -> list[str]:
    """Every beginning of a code, the empty one and itself included."""
    return [code[:length] for length in range(len(code) + 1)]


def _area_name(actor: Actor, area: str) -> str:
    """What the area of a line is called: its division, the code where it is none, the city where it bounds nothing."""
    if not area:
        return _("the whole city")
    found = next((d for d in areas.divisions(actor, search=area, limit=1).items if d.code == area), None)
    if found is None:
        return area
    return found.name_zh if words.in_chinese() else found.name_en or found.name_zh
