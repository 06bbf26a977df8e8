"""The resident's own pages over HTTP: bind by a code, my data, who looked, my services, what I may do about it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from ninja import Schema
from pydantic import AwareDatetime

from wangge.entry.web.answers import Done, Made
from wangge.entry.web.errors import Problem
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.registry.records import MyData
from wangge.work.residents import actions, queries
from wangge.work.residents.records import (
    AskedAbout,
    BindingRecord,
    CodeSent,
    ConsentRecord,
    CorrectionRecord,
    Invited,
    LookLine,
    MandateOffered,
    MandateRecord,
    Me,
    Visit,
    Worker,
)
from wangge.work.services.records import MyService

router = GuardedRouter(tags=["residents"])
LIMITED = {429: Problem}


class Inviting(Schema):
    """For whom a code is, and under which task (``todo:…``), if there is one."""

    person: str
    task: str = ""


class Phoning(Schema):
    """The mobile number that may be on record."""

    phone: str


class Typing(Schema):
    """A one-time code as it was given."""

    code: str


class Correcting(Schema):
    """What an element should be; no value: there is none."""

    element: str
    value: str | None = None
    note: str = ""


class Doubting(Schema):
    """About which look (a line of ``GET /looks``), and what one wants to know."""

    look: str
    about: str = ""


class Asking(Schema):
    """Whether the worker shall come (``visit``) or ring (``call``), and what it is about."""

    how: Literal["visit", "call"]
    about: str


class Consenting(Schema):
    """What a department may have, what for, until when."""

    department: str
    purpose: str
    elements: list[str]
    until: AwareDatetime


class Mandating(Schema):
    """For whom a mandate is (女儿), until when."""

    label: str
    until: AwareDatetime


# Binding


@router.get("/me", permission="residents.bind", response=Me)
def me(request: ActingRequest) -> Me:
    """Whether this account is bound."""
    return queries.me(request.actor)


@router.post("/invitations", permission="residents.invite", response={200: Invited, **LIMITED})
def invite(request: ActingRequest, body: Inviting) -> Invited:
    """A one-time code to give to a person at their door."""
    return actions.invite(person=body.person, task=body.task, by=request.actor)


@router.post("/codes", permission="residents.bind", response={200: CodeSent, **LIMITED}, once="nature")
def send_code(request: ActingRequest, body: Phoning) -> CodeSent:
    """Ask for a code to the held number. The answer is the same whether or not it is held."""
    return actions.send_code(phone=body.phone, by=request.actor)


@router.post("/bind", permission="residents.bind", response={200: Done, **LIMITED}, once="nature")
def bind(request: ActingRequest, body: Typing) -> Done:
    """Bind this account by a code. Not under a receipt: a wrong code must count whatever becomes of the request."""
    actions.bind(code=body.code, by=request.actor)
    return Done()


@router.post("/bind/real-name", permission="residents.bind", response=Done)
def bind_by_real_name(request: ActingRequest) -> Done:
    """Bind this account by the city's real-name sign-in."""
    actions.bind_by_real_name(by=request.actor)
    return Done()


@router.get("/bindings", permission="residents.me", response=list[BindingRecord])
def bindings(request: ActingRequest) -> list[BindingRecord]:
    """Accounts that are bound to me."""
    return queries.bindings(request.actor)


@router.post("/bindings/{uid}/end", permission="residents.me", response=Done)
def unbind(request: ActingRequest, uid: str) -> Done:
    """End a binding."""
    actions.unbind(binding=uid, by=request.actor)
    return Done()


# What is held, who looked, what comes to my door


@router.get("/data", permission="residents.me", response=list[MyData])
def data(request: ActingRequest) -> list[MyData]:
    """What is held about me, from whom, since when."""
    return queries.my_data(request.actor)


@router.get("/looks", permission="residents.me", response=list[LookLine])
def looks(request: ActingRequest, limit: int = 200, *, own: bool = True) -> list[LookLine]:
    """Who looked, when, what for; ``own=false`` leaves out what the resident looked at herself."""
    return queries.who_looked(request.actor, limit=limit, own=own)


@router.get("/questions", permission="residents.me", response=list[AskedAbout])
def my_questions(request: ActingRequest) -> list[AskedAbout]:
    """What I asked about looks, until when it is answered, and the answers."""
    return queries.my_questions(request.actor)


@router.post("/questions", permission="residents.me", response=Made)
def ask_about_look(request: ActingRequest, body: Doubting) -> Made:
    """Ask about a look (有疑问): somebody other than who looked must answer within the city's time."""
    return Made(uid=actions.ask_about_look(look=body.look, about=body.about, by=request.actor))


@router.get("/export.xlsx", permission="residents.me", response=None)
def export(request: ActingRequest) -> HttpResponse:
    """A copy of my data."""
    return xlsx(*queries.export(request.actor))


@router.get("/visits", permission="residents.me", response=list[Visit])
def visits(request: ActingRequest) -> list[Visit]:
    """What somebody comes to my door for."""
    return queries.my_visits(request.actor)


@router.post("/visits", permission="residents.me", response=Made)
def ask_worker(request: ActingRequest, body: Asking) -> Made:
    """Ask my grid worker to come, or to ring."""
    return Made(uid=actions.ask_worker(how=body.how, about=body.about, by=request.actor))


@router.get("/worker", permission="residents.me", response=Worker)
def worker(request: ActingRequest) -> Worker:
    """My grid worker."""
    return queries.my_worker(request.actor)


# Services


@router.get("/services", permission="residents.me", response=list[MyService])
def services(request: ActingRequest) -> list[MyService]:
    """What I am offered, why, and how it stands."""
    return queries.my_services(request.actor)


@router.post("/services/{uid}/decline", permission="residents.bind", response=Done)
def decline(request: ActingRequest, uid: str) -> Done:
    """I, or whoever gave me a mandate, don't want it."""
    actions.decline_service(entitlement=uid, by=request.actor)
    return Done()


@router.post("/services/{uid}/ask", permission="residents.bind", response=Done)
def ask_for(request: ActingRequest, uid: str) -> Done:
    """I want after all what I declined."""
    actions.ask_for_service(entitlement=uid, by=request.actor)
    return Done()


# Corrections, consents, mandates


@router.get("/corrections", permission="residents.me", response=list[CorrectionRecord])
def corrections(request: ActingRequest) -> list[CorrectionRecord]:
    """Corrections that I asked for."""
    return queries.corrections(request.actor)


@router.post("/corrections", permission="residents.me", response=Made)
def ask_correction(request: ActingRequest, body: Correcting) -> Made:
    """Something held about me is wrong."""
    made = actions.ask_correction(element=body.element, value=body.value, note=body.note, by=request.actor)
    return Made(uid=made)


@router.get("/consents", permission="residents.me", response=list[ConsentRecord])
def consents(request: ActingRequest) -> list[ConsentRecord]:
    """Receipts of my consents."""
    return queries.consents(request.actor)


@router.post("/consents", permission="residents.me", response=Made)
def give_consent(request: ActingRequest, body: Consenting) -> Made:
    """Allow a department to have something of mine."""
    return Made(uid=actions.give_consent(**body.dict(), by=request.actor))


@router.post("/consents/{uid}/withdraw", permission="residents.me", response=Done)
def withdraw_consent(request: ActingRequest, uid: str) -> Done:
    """Withdraw it."""
    actions.withdraw_consent(consent=uid, by=request.actor)
    return Done()


@router.get("/mandates", permission="residents.bind", response=list[MandateRecord])
def mandates(request: ActingRequest) -> list[MandateRecord]:
    """Mandates that I gave or hold."""
    return queries.mandates(request.actor)


@router.post("/mandates", permission="residents.me", response=MandateOffered)
def offer_mandate(request: ActingRequest, body: Mandating) -> MandateOffered:
    """Let a relative act for me: a code for them."""
    uid, code = actions.offer_mandate(label=body.label, until=body.until, by=request.actor)
    offered = next(one for one in queries.mandates(request.actor) if one.uid == uid)
    return MandateOffered(mandate=offered, code=code)


@router.post("/mandates/accept", permission="residents.bind", response={200: Made, **LIMITED}, once="nature")
def accept_mandate(request: ActingRequest, body: Typing) -> Made:
    """Accept a mandate by its code."""
    return Made(uid=actions.accept_mandate(code=body.code, by=request.actor))


@router.post("/mandates/{uid}/end", permission="residents.bind", response=Done)
def end_mandate(request: ActingRequest, uid: str) -> Done:
    """End a mandate that I gave or hold."""
    actions.end_mandate(mandate=uid, by=request.actor)
    return Done()


@router.get("/mandates/{uid}/services", permission="residents.bind", response=list[MyService])
def services_on_behalf(request: ActingRequest, uid: str) -> list[MyService]:
    """What the person who gave me this mandate is offered."""
    return queries.services_on_behalf(request.actor, uid)
