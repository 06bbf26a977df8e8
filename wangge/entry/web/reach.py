"""What an object is called, and whether somebody may read its trail: they may where they may open it, or with ``audit.see``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Forbidden, NotFound, Refusal
from wangge.platform.access.labels import chosen
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.queries import About
from wangge.work.cases import queries as cases
from wangge.work.cases.filters import Filters
from wangge.work.hub import queries as hub
from wangge.work.services import queries as services
from wangge.work.todos import queries as todos

DELIVERIES = 200


@dataclass(frozen=True)
class Reached:
    """An object whose trail may be read: what it is called, its page in the console ("" where it has none), its entries."""

    kind: str
    id: str
    name: str
    to: str
    about: About


def reach(actor: Actor, kind: str, text: str) -> Reached:
    """The object that somebody means: an id, or what stands on its page (a case's number, a feed's code, a user's name).

    Raises ``Forbidden`` or ``NotFound`` where the actor may not open it.
    """
    said, everything = text.strip(), policy.allows(actor, "audit.see")
    if not said:
        raise _nothing()
    find = FINDERS.get(kind)
    if everything:
        with suppress(Refusal):
            if find is not None:
                return find(actors.system("auditor"), said)
        return Reached(
            kind, said, said, "", About([(kind, said)], [f"{kind}:{said}"])
        )  # also of what is gone, or has no page
    if kind in ("person", "people") or find is None:
        raise Forbidden(
            "not_your_trail",
            _("Only an administrator reads this trail."),
            advice=_("Ask your administrator."),
        )
    return find(actor, said)


def _case(actor: Actor, said: str) -> Reached:
    uid = said
    if said.count("-") == 2:
        found = cases.cases(actor, Filters(text=said), limit=5).items
        uid = next((one.uid for one in found if one.number == said), said)
    one = cases.case(actor, uid)
    theirs = todos.ids_of_origin(actor, ("cases", one.uid))
    about = About(
        [("case", one.uid), *(("todo", todo) for todo in theirs)],
        [f"case:{one.uid}", *(f"todo:{todo}" for todo in theirs)],
    )
    return Reached(
        "case", one.uid, f"{one.number} {chosen(one.class_zh, one.class_en)}", f"/cases/{one.uid}", about
    )


def _todo(actor: Actor, said: str) -> Reached:
    one = todos.todo(actor, said)
    about = About([("todo", one.uid)], [f"todo:{one.uid}"])
    return Reached("todo", one.uid, chosen(one.title_zh, one.title_en), "", about)


def _feed(actor: Actor, said: str) -> Reached:
    one = next((feed for feed in hub.feeds(actor) if said in (feed.code, feed.name_zh)), None)
    if one is None:
        raise _nothing()
    sent = hub.deliveries(actor, feed=one.code, limit=DELIVERIES).items
    about = About([("feed", one.code), *(("delivery", delivery.uid) for delivery in sent)])
    return Reached("feed", one.code, chosen(one.name_zh, one.name_en), f"/feeds/{one.code}", about)


def _delivery(actor: Actor, said: str) -> Reached:
    one = hub.receipt(actor, said)
    about = About([("delivery", one.uid), ("batch", one.uid)])
    return Reached("delivery", one.uid, one.file_name, f"/feeds/{one.feed}", about)


def _agreement(actor: Actor, said: str) -> Reached:
    one = next((held for held in hub.agreements(actor) if held.uid == said), None)
    if one is None:
        raise _nothing()
    names = {held.code: chosen(held.name_zh, held.name_en) for held in access.departments(actor)}
    under = [feed.code for feed in hub.feeds(actor) if feed.agreement == one.uid]
    about = About([("agreement", one.uid), *(("feed", code) for code in under)])
    name = f"{names.get(one.department, one.department)} {one.document}"
    return Reached("agreement", one.uid, name, f"/agreements?department={one.department}", about)


def _pair(actor: Actor, said: str) -> Reached:
    one = hub.pair_without_fields(actor, said)
    name = _("row %(row)s of %(feed)s") % {"row": one.row, "feed": one.feed}
    return Reached(
        "pair", one.uid, name, f"/pairs?pair={one.uid}", About([("pair", one.uid)], [f"pair:{one.uid}"])
    )


def _programme(actor: Actor, said: str) -> Reached:
    policy.require(actor, "services.see")
    one = services.programme(actor, said)
    about = About([("programme", one.code)], [f"programme:{one.code}"])
    return Reached("programme", one.code, chosen(one.name_zh, one.name_en), f"/programmes/{one.code}", about)


def _user(actor: Actor, said: str) -> Reached:
    """What was done to the account: made, granted, bound. What its owner did is told where it was done, never gathered here."""
    one = access.user(actor, said)
    if one is None:
        raise _nothing()
    return Reached(
        "user", one.uid, one.name or one.username, "/users", About([("user", one.uid), ("grant", one.uid)])
    )


def _person(actor: Actor, said: str) -> Reached:
    ids = registry.all_ids(said)
    return Reached(
        "person",
        said,
        chosen("居民（编号）", "Resident (by id)"),
        "",
        About([("person", one) for one in ids]),
    )


def _nothing() -> NotFound:
    return NotFound("no_such_thing", _("There is no such thing."))


FINDERS: dict[str, Callable[[Actor, str], Reached]] = {
    "case": _case, "todo": _todo, "feed": _feed, "delivery": _delivery, "agreement": _agreement, "pair": _pair,
    "programme": _programme, "user": _user, "person": _person,
}  # fmt: skip
