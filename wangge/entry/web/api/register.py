"""The public register: what the product does with people's data, generated from the data that it runs on. Nothing personal."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import yaml
from ninja import Schema

from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.oversight.assessment import queries as assessment
from wangge.oversight.assessment.records import FormulaRecord
from wangge.platform.access import queries as access
from wangge.platform.access.records import DepartmentRecord
from wangge.platform.elements import registry
from wangge.work.hub import queries as hub
from wangge.work.hub.records import AgreementRecord
from wangge.work.residents import words
from wangge.work.services import queries as services
from wangge.work.services.records import ProgrammeRecord
from wangge.work.todos import queries as todos
from wangge.work.todos.records import AdmissionRecord

router = GuardedRouter(tags=["register"])
SEE = "register.see"


class ChoiceNamed(Schema):
    """A value that an element may have."""

    value: str
    zh: str
    en: str


class ElementPublished(Schema):
    """What may be held: purpose, legal basis, how long (days after the purpose ended), whose value stands, who reads it.

    ``fresh_for`` in days (0: for ever): what is held and fresh isn't asked again. ``kind`` and ``choices``: what a value may be.
    """

    code: str
    holder: str
    kind: str
    choices: list[ChoiceNamed]
    zh: str
    en: str
    group: str
    purpose: str
    basis: str
    retention: int
    sensitive: bool
    resident_sees: bool
    authority: str
    fresh_for: int
    programmes: list[str]


class Refusal(Schema):
    """A concept that the product refuses, and why."""

    code: str
    zh: str
    en: str


class PurposeNamed(Schema):
    """What a purpose is called."""

    code: str
    zh: str
    en: str


class Register(Schema):
    """All of it, with the names of departments and purposes that its rows speak of by their codes."""

    programmes: list[ProgrammeRecord]
    elements: list[ElementPublished]
    agreements: list[AgreementRecord]
    admissions: list[AdmissionRecord]
    refusals: list[Refusal]
    formulas: list[FormulaRecord]
    departments: list[DepartmentRecord]
    purposes: list[PurposeNamed]


@router.get("/", permission=SEE, response=Register)
def whole(request: ActingRequest) -> Register:
    """The whole register."""
    read = services.programmes(request.actor)
    return Register(
        programmes=read,
        elements=_elements(read),
        agreements=hub.register(request.actor),
        admissions=todos.admissions(request.actor),
        refusals=_refusals(),
        formulas=assessment.how(request.actor),
        departments=access.departments(request.actor),
        purposes=_purposes(),
    )


@router.get("/programmes", permission=SEE, response=list[ProgrammeRecord])
def programmes(request: ActingRequest) -> list[ProgrammeRecord]:
    """Programmes with rules in words, basis and dates."""
    return services.programmes(request.actor)


@router.get("/elements", permission=SEE, response=list[ElementPublished])
def elements(request: ActingRequest) -> list[ElementPublished]:
    """Every element that may be held, and which programmes read it."""
    return _elements(services.programmes(request.actor))


@router.get("/agreements", permission=SEE, response=list[AgreementRecord])
def agreements(request: ActingRequest) -> list[AgreementRecord]:
    """Agreements in force between departments."""
    return hub.register(request.actor)


@router.get("/admissions", permission=SEE, response=list[AdmissionRecord])
def admissions(request: ActingRequest) -> list[AdmissionRecord]:
    """What may be asked of a grid, by whom, on what basis, until when."""
    return todos.admissions(request.actor)


@router.get("/refusals", permission=SEE, response=list[Refusal])
def refusals(request: ActingRequest) -> list[Refusal]:
    """What the product refuses to hold, from the rules by which it refuses."""
    return _refusals()


def _elements(programmes: Sequence[ProgrammeRecord]) -> list[ElementPublished]:
    read: dict[str, list[str]] = {}
    for one in programmes:
        for use in one.elements:
            read.setdefault(use.code, []).append(one.code)
    return [
        ElementPublished(
            code=e.code, holder=e.holder, kind=e.kind,
            choices=[ChoiceNamed(value=value, zh=zh, en=en) for value, zh, en in e.choices], zh=e.zh, en=e.en, group=e.group, purpose=e.purpose, basis=e.basis,
            retention=e.retention, sensitive=e.sensitive, resident_sees=e.resident_sees, authority=e.authority,
            fresh_for=e.fresh_for, programmes=read.get(e.code, []),
        )
        for e in registry.elements().values()
    ]  # fmt: skip


def _purposes() -> list[PurposeNamed]:
    found = []
    for code in sorted(words.codes("purposes")):
        zh, en = words.both("purposes", code)
        found.append(PurposeNamed(code=code, zh=zh, en=en))
    return found


def _refusals() -> list[Refusal]:
    text = resources.files("wangge.platform.elements").joinpath("red_lines.yaml").read_text(encoding="utf-8")
    return [Refusal(code=c["code"], zh=c["zh"], en=c["en"]) for c in yaml.safe_load(text)["concepts"]]
