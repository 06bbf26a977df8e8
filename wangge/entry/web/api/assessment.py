"""Rates over HTTP: figures with the filter that opens their list, rates, departments, formulas, a workbook."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.oversight.assessment import queries
from wangge.oversight.assessment.records import DepartmentRates, FormulaRecord, RatesRecord

router = GuardedRouter(tags=["assessment"])


@router.get("/rates", permission="assessment.see", response=RatesRecord)
def rates(
    request: ActingRequest, from_on: date, to_on: date, department: str = "", area: str = "", kind: str = ""
) -> RatesRecord:
    """Figures and rates of a period; a figure's ``filter`` given to ``GET /api/cases/`` lists the cases behind it."""
    return queries.rates(
        request.actor, from_on=from_on, to_on=to_on, department=department, area=area, kind=kind
    )


@router.get("/departments", permission="assessment.see", response=list[DepartmentRates])
def departments(
    request: ActingRequest, from_on: date, to_on: date, area: str = "", kind: str = ""
) -> list[DepartmentRates]:
    """The same for every department, by its code."""
    return queries.by_department(request.actor, from_on=from_on, to_on=to_on, area=area, kind=kind)


@router.get("/formulas", permission="register.see", response=list[FormulaRecord])
def formulas(request: ActingRequest) -> list[FormulaRecord]:
    """How each rate is made."""
    return queries.how(request.actor)


@router.get("/rates.xlsx", permission="assessment.see", response={200: None})
def rates_workbook(
    request: ActingRequest, from_on: date, to_on: date, department: str = "", area: str = "", kind: str = ""
) -> HttpResponse:
    """Rates of all and of every department, with the figures and formulas that they are made of."""
    content = queries.export(
        request.actor, from_on=from_on, to_on=to_on, department=department, area=area, kind=kind
    )
    return xlsx(f"rates-{from_on}-{to_on}.xlsx", content)
