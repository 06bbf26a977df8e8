"""Who may do what: one page.

Left, a permission (``room.act``); right, the roles that carry it. Two axes of a case stand apart: *supervision* (acceptor,
duty chief: verify, file, check, close) and *command* (dispatcher, departments: dispatch, handle). A role is held through a
dated grant in an area and, for departments, for one department; ``scope.py`` turns the grants into rows.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access.errors import Forbidden, Unauthenticated
from wangge.platform.access.records import BoundPerson, Held
from wangge.platform.audit.actor import Actor

WORKER, GRID_LEAD = "grid_worker", "grid_lead"
ACCEPTOR, DUTY_CHIEF = "acceptor", "duty_chief"
DISPATCHER, CLERK, CREW = "dispatcher", "department_clerk", "crew"
DATA_OFFICER, PLANNER, ORGANISER = "data_officer", "planner", "organiser"
LEADER, ADMINISTRATOR = "leader", "administrator"

SUPERVISION = {ACCEPTOR, DUTY_CHIEF}
COMMAND = {DISPATCHER, CLERK, CREW}
FIELD = {WORKER, GRID_LEAD}
OF_DEPARTMENT = {CLERK, CREW}
"""Held for one department."""
OFFICE = SUPERVISION | COMMAND | {DATA_OFFICER, PLANNER, ORGANISER, LEADER, ADMINISTRATOR}
STAFF = FIELD | OFFICE
ROLES = frozenset(STAFF)

ANYONE = "anyone"  # nobody need be signed in
SIGNED_IN = "signed_in"  # any account
RESIDENT = "resident"  # an account that is bound to a person

PERMISSIONS: dict[str, set[str] | str] = {
    # access
    "access.sign_in": ANYONE,
    "access.me": SIGNED_IN,
    "access.users.see": {ADMINISTRATOR},
    "access.users.manage": {ADMINISTRATOR},
    "access.departments.see": STAFF,
    # city: when it is at work
    "city.see": ANYONE,
    "city.manage": {ADMINISTRATOR},
    # audit: any object's trail, or that of what one may open anyway (`entry/web/reach.py`)
    "audit.see": {ADMINISTRATOR},
    "audit.history": STAFF,
    # elements and the public register
    "elements.see": ANYONE,
    "register.see": ANYONE,
    # areas
    "areas.see": STAFF,
    "areas.map": ANYONE,
    "areas.manage": {ADMINISTRATOR},
    # planning
    "planning.see": {PLANNER, LEADER, ADMINISTRATOR},
    "planning.make": {PLANNER},
    "planning.approve": {PLANNER, ADMINISTRATOR},
    # workforce
    "workforce.see": STAFF,
    "workforce.manage": {ADMINISTRATOR, GRID_LEAD},
    "workforce.visitor": ANYONE,  # who stands at my door?
    # registry
    "registry.see": FIELD | {DATA_OFFICER},
    "registry.unmask": FIELD | {DATA_OFFICER, CLERK},
    "registry.observe": FIELD,
    "registry.manage": {ADMINISTRATOR, DATA_OFFICER},
    # todos
    "todos.see": FIELD | {CLERK, DATA_OFFICER},
    "todos.list": FIELD
    | {CLERK, DATA_OFFICER, LEADER},  # leaders: what was asked, where and how late, not about whom
    "todos.settle": FIELD,
    "todos.admissions.see": ANYONE,
    "todos.admissions.manage": {ORGANISER, ADMINISTRATOR},
    # field
    "field.bundle": {WORKER},
    "field.send": {WORKER},
    # cases: anyone reports and tracks by code
    "cases.report": ANYONE,
    "cases.track": ANYONE,
    "cases.rate": ANYONE,
    "cases.see": FIELD | SUPERVISION | COMMAND | {LEADER},
    "cases.accept": {ACCEPTOR, DUTY_CHIEF},
    "cases.verify": FIELD,  # through a to-do: whoever is on duty there, or the grid lead
    "cases.file": {DUTY_CHIEF},
    "cases.dispatch": {DISPATCHER},
    "cases.handle": {CLERK, CREW},
    "cases.sign": {CLERK, CREW},
    "cases.forward": {DISPATCHER},
    "cases.check": FIELD,
    "cases.close": {DUTY_CHIEF},
    "cases.decide": {DUTY_CHIEF},  # give back, extend, shelve: applications with an approver
    "cases.hand_over": {ACCEPTOR, DUTY_CHIEF, DISPATCHER},  # the book of the shifts, each axis its own
    "cases.import": {ADMINISTRATOR},
    "cases.catalogue.see": ANYONE,
    "cases.catalogue.manage": {ADMINISTRATOR},
    # services
    "services.see": {CLERK, DATA_OFFICER, LEADER},  # masked lists and counts
    "services.open": {CLERK},  # names and reasons: whose task the programme is
    "services.manage": {CLERK, DATA_OFFICER},
    "services.confirm": {CLERK},
    "services.offered": RESIDENT,
    # hub
    "hub.see": {CLERK, DATA_OFFICER},
    "hub.deliver": {CLERK},
    "hub.agree": {DATA_OFFICER},
    "hub.map": {DATA_OFFICER},
    "hub.link": {DATA_OFFICER},
    "hub.review": {DATA_OFFICER},
    "hub.return": {CLERK},
    # residents
    "residents.register": ANYONE,
    "residents.bind": SIGNED_IN,
    "residents.invite": FIELD,
    "residents.me": RESIDENT,
    # a question about a look: the department behind it, or the data office; never who looked
    "residents.answer": {CLERK, DATA_OFFICER, ADMINISTRATOR},
    "residents.consented": {CLERK},  # what persons allowed this department by consent
    # assessment
    "assessment.see": SUPERVISION | COMMAND | {ORGANISER, LEADER, ADMINISTRATOR, DATA_OFFICER},
}

# Schedules act as named system actors, each with just what it needs.
SYSTEM: dict[str, set[str]] = {
    "data_day": {"hub.link", "hub.map", "services.manage", "registry.manage"},
    "rescreen": {"services.manage"},
    "residents": {
        "registry.see",
        "todos.see",
    },  # whose number a code goes to; what comes to a resident's own door
    "calendar": {"city.manage", "registry.manage"},  # days that pass, and days declared otherwise
    "sealer": set(),
    # finds the thing whose trail an administrator reads: what it is called, never what it says of anybody
    "auditor": {"cases.see", "todos.see", "hub.see", "hub.review", "services.see", "access.users.see"},
    "importer": {"cases.import", "areas.manage"},
    "installer": set(PERMISSIONS),  # loads an installation's first data from the command line
}


def allows(actor: Actor, permission: str) -> bool:
    """Whether the actor may do this somewhere. Which rows, ``scope.scope`` answers. Unknown permissions raise KeyError."""
    who = PERMISSIONS[permission]
    if who == ANYONE:
        return True
    if actor.kind == "system":
        return permission in SYSTEM.get(actor.id.removeprefix("system:"), set())
    if who == SIGNED_IN:
        return actor.kind in ("user", "resident", "device")
    if who == RESIDENT:
        return any(isinstance(held, BoundPerson) for held in actor.holds)
    return any(isinstance(held, Held) and held.role in who for held in actor.holds)


def require(actor: Actor, permission: str) -> None:
    """Raise ``Unauthenticated`` or ``Forbidden`` unless the actor may."""
    if allows(actor, permission):
        return
    if actor.kind == "public":
        raise Unauthenticated("sign_in_first", _("Nobody is signed in."), advice=_("Sign in and try again."))
    raise Forbidden(
        "no_grant",
        _("Your posts don't include this act (%(permission)s).") % {"permission": permission},
        advice=_("Ask your administrator for a grant."),
    )


def post_of(actor: Actor, permission: str) -> str:
    """The role under which the actor does this: what a resident is shown instead of a name."""
    who = PERMISSIONS[permission]
    if actor.kind == "system":
        return actor.id
    for held in actor.holds:
        if isinstance(held, Held) and held.role in who:
            return f"{held.role}:{held.department}" if held.department else held.role
        if isinstance(held, BoundPerson) and who == RESIDENT:
            return RESIDENT
    return actor.kind
