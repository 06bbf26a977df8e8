"""Which rows an actor sees: grants turned into a filter that lists, counts, searches and autocomplete all go through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import BaseExpression

from wangge.platform.access import policy
from wangge.platform.access.records import Held
from wangge.platform.audit.actor import Actor

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Scope:
    """The pairs (area prefix, department) within which a permission is held; an empty string bounds nothing."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def whole_city(self) -> bool:
        """True when some grant is bounded neither by area nor by department."""
        return ("", "") in self.pairs

    @property
    def areas(self) -> tuple[str, ...]:
        """The area prefixes, without repetition."""
        return tuple(sorted({area for area, _ in self.pairs}))

    @property
    def departments(self) -> tuple[str, ...]:
        """The department codes named by the grants; empty if none names one."""
        return tuple(sorted({department for _, department in self.pairs if department}))

    def covers(self, area: str = "", department: str = "") -> bool:
        """Whether one thing, in an area and of a department, lies inside."""
        return any(area.startswith(a) and (not d or d == department) for a, d in self.pairs)

    def rows(
        self, rows: QuerySet[M], *, area: str | BaseExpression | None = None, department: str | None = None
    ) -> QuerySet[M]:
        """The rows inside.

        ``area`` is the lookup path of an area code, or an expression for it (from ``areas``: today's code of a place) or the
        name under which the rows carry one. What is stored is compared with a range, which an index answers and in which
        ``%`` and ``_`` are signs like any other; an expression knows best itself how to ask what it begins with.
        ``department`` is the lookup path of a department code. A bound whose field isn't given can't be met: such a grant
        gives nothing, so that a forgotten argument shows too little, never too much.
        """
        if self.whole_city:
            return rows
        stored = isinstance(area, str) and area not in rows.query.annotations
        if area is not None and not isinstance(area, str):
            rows, area = cast("QuerySet[M]", rows.annotate(_scope_area=area)), "_scope_area"
        inside = Q(pk__in=())
        for prefix, of in self.pairs:
            if (prefix and area is None) or (of and department is None):
                continue
            bound = Q()
            if prefix:
                bound &= _under(str(area), prefix) if stored else Q(**{f"{area}__startswith": prefix})
            if of:
                bound &= Q(**{str(department): of})
            inside |= bound
        return rows.filter(inside)


def behind(prefix: str) -> str:
    """The first code behind all that begin with ``prefix``, which isn't empty. Digits keep their order in every collation."""
    kept = prefix.rstrip("9") if prefix.isdecimal() else prefix
    if not kept:
        return prefix + "z"
    return kept[:-1] + chr(ord(kept[-1]) + 1)


def _under(area: str, prefix: str) -> Q:
    return Q(**{f"{area}__gte": prefix, f"{area}__lt": behind(prefix)})


def scope(actor: Actor, permission: str) -> Scope:
    """Where the actor holds the permission; raises ``Forbidden`` or ``Unauthenticated`` where it is held nowhere."""
    policy.require(actor, permission)
    who = policy.PERMISSIONS[permission]
    if actor.kind == "system":
        return Scope((("", ""),))
    held = (one for one in actor.holds if isinstance(one, Held) and one.role in who)
    return Scope(tuple(sorted({(one.area, one.department) for one in held})))
