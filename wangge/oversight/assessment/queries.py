"""Rates, as figures counted through filters of the case list: each figure opens the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wangge.cores.tables.sheets import Sheet
from wangge.oversight.assessment.formulas import formulas, percent
from wangge.oversight.assessment.records import (
    DepartmentRates,
    FigureRecord,
    FormulaRecord,
    RateRecord,
    RatesRecord,
)
from wangge.platform.access import policy, workbooks
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Invalid
from wangge.platform.access.labels import chosen
from wangge.platform.access.workbooks import Column
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import queries as cases
from wangge.work.cases.figures import Figure
from wangge.work.cases.filters import Filters

SEE = "assessment.see"


def rates(
    actor: Actor, *, from_on: date, to_on: date, department: str = "", area: str = "", kind: str = ""
) -> RatesRecord:
    """Figures and rates of a period for a department, an area, parts or events, within what the actor may see.

    A case is counted when it was handled or, unhandled, fell overdue, whichever came first (应结案); it is on time if it was
    handled by its due moment. Raises ``Invalid`` for a period that ends before it begins.
    """
    bounds = _bounds(department, area, kind)
    asked = _figures(bounds, from_on, to_on)
    return _record(asked, cases.tally(actor, asked, permission=SEE), bounds, from_on, to_on)


def by_department(
    actor: Actor, *, from_on: date, to_on: date, area: str = "", kind: str = ""
) -> list[DepartmentRates]:
    """The same for every department with a case in the period, by its code: a list, not a ranking."""
    bounds = _bounds("", area, kind)
    asked = _figures(bounds, from_on, to_on)
    names = access.department_names(actor)
    found = []
    for code, counted in cases.tally_by_department(actor, asked, permission=SEE).items():
        own = Filters(**{**bounds.given(), "department": code})
        zh, en = names.get(code, (code, code))
        found.append(
            DepartmentRates(
                department=code, zh=zh, en=en,
                rates=_record(_figures(own, from_on, to_on), counted, own, from_on, to_on),
            )
        )  # fmt: skip
    return found


def how(actor: Actor) -> list[FormulaRecord]:
    """How each rate is made. Published: whoever is measured by a rate, and whoever reads one, can check it."""
    policy.require(actor, "register.see")
    known = formulas()
    found = []
    for code, rate in known.rates.items():
        of, over = known.figures[rate.of], known.figures[rate.over]
        found.append(
            FormulaRecord(
                code=code, zh=rate.zh, en=rate.en, of=rate.of, of_zh=of.zh, of_en=of.en, over=rate.over, over_zh=over.zh,
                over_en=over.en, of_filter=_spelt(of.filter), over_filter=_spelt(over.filter),
            )
        )  # fmt: skip
    return found


def export(
    actor: Actor, *, from_on: date, to_on: date, department: str = "", area: str = "", kind: str = ""
) -> bytes:
    """The rates of all and of every department (or of one) as xlsx, with the figures that they are made of and how."""
    whole = rates(actor, from_on=from_on, to_on=to_on, department=department, area=area, kind=kind)
    each = by_department(actor, from_on=from_on, to_on=to_on, area=area, kind=kind)
    lines = [
        (_("All"), whole),
        *((_said(one), one.rates) for one in each if department in ("", one.department)),
    ]
    columns: list[Column[tuple[str, RatesRecord]]] = [
        Column(_("Department"), lambda line: line[0]),
        *(Column(_said(one), _figure(n)) for n, one in enumerate(whole.figures)),
        *(Column(f"{_said(one)} %", _rate(n)) for n, one in enumerate(whole.rates)),
    ]
    made = [
        [_said(one), one.of, one.over, _filter_text(one.of_filter), _filter_text(one.over_filter)]
        for one in how(actor)
    ]
    formulas_of = Sheet(
        _("Formulas"), [_("Rate"), _("Of"), _("Over"), _("Filter of"), _("Filter over")], made
    )
    asked = {"from_on": from_on, "to_on": to_on, "department": department, "area": area, "kind": kind}
    book = workbooks.workbook(_("Rates"), columns, lines, filters=asked, more=[formulas_of])
    return workbooks.export(book, by=actor, verb="assessment.export", of="rates")


def _figure(n: int) -> Callable[[tuple[str, RatesRecord]], object]:
    return lambda line: line[1].figures[n].value


def _rate(n: int) -> Callable[[tuple[str, RatesRecord]], object]:
    return lambda line: line[1].rates[n].percent


def _bounds(department: str, area: str, kind: str) -> Filters:
    if kind not in ("", "part", "event"):
        raise Invalid("unknown_kind", _("A kind of case is part or event."))
    return Filters(department=department, area=area, kind=kind)


def _figures(bounds: Filters, from_on: date, to_on: date) -> dict[str, Figure]:
    if to_on < from_on:
        raise Invalid("period_backwards", _("The period ends before it begins."))
    return {code: one.within(bounds, start=from_on, end=to_on) for code, one in formulas().figures.items()}


def _record(
    asked: Mapping[str, Figure], counted: Mapping[str, int], bounds: Filters, from_on: date, to_on: date
) -> RatesRecord:
    known = formulas()
    return RatesRecord(
        from_on=from_on, to_on=to_on, as_of=clock.now(), department=bounds.department, area=bounds.area, kind=bounds.kind,
        figures=[
            FigureRecord(code=code, zh=known.figures[code].zh, en=known.figures[code].en, value=counted[code], filter=_spelt(one.filters))
            for code, one in asked.items()
        ],
        rates=[
            RateRecord(code=code, zh=r.zh, en=r.en, of=r.of, over=r.over, percent=percent(counted[r.of], counted[r.over]))
            for code, r in known.rates.items()
        ],
    )  # fmt: skip


def _spelt(filters: Filters) -> dict[str, str | bool]:
    """A filter as it stands in the address of the case list."""
    return {name: given if isinstance(given, bool) else str(given) for name, given in filters.given().items()}


def _filter_text(filters: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in filters.items())


def _said(named: Any) -> str:  # noqa: ANN401 - any record with a word in both languages
    return str(chosen(named.zh, named.en))
