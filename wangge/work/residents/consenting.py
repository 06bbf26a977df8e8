"""What rests on consent (PIPL 13-15, 29): what departments may ask for, what persons allowed, and what a department has by it.

A department asks only for what the city published (setting ``consent_purposes``). What it may have ends with the consent: each
opening asks anew, and is a look that the person reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.ground.registry import columns as registry_columns
from wangge.platform.access import policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import NotFound
from wangge.platform.access.labels import chosen
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.platform.elements import lint
from wangge.platform.elements import registry as elements_
from wangge.work.residents.models import Consent
from wangge.work.residents.records import (
    Asked,
    Consented,
    ConsentedOpened,
    ConsentedPage,
    ConsentedValue,
    ConsentOffer,
    Seen,
)

CONSENTED = "residents.consented"
MOST = 200


def offers(actor: Actor) -> list[ConsentOffer]:
    """What departments may ask residents to consent to. Anybody may read it.

    What names no department of this city, no data that the person sees, or touches a red line isn't offered at all.
    """
    departments = access.department_names(actor)
    shown = {one.code: one for one in elements_.of_holder("person") if one.resident_sees}
    return [
        _offer(one, departments[one["department"]], shown)
        for one in city.value("consent_purposes")
        if one["department"] in departments
        and one["elements"]
        and set(one["elements"]) <= set(shown)
        and not any(lint.check(one[name]) for name in ("zh", "en", "code"))
    ]


def consented(actor: Actor, *, purpose: str = "", limit: int = 50, offset: int = 0) -> ConsentedPage:
    """Consents to this department that hold today, newest first; whose they are isn't told by a list."""
    rows = _live(actor)
    if purpose:
        rows = rows.filter(purpose=purpose)
    named = {one.code: one for one in offers(actor)}
    page = rows.order_by("-given_at", "-pk")[offset : offset + min(limit, MOST)]
    return ConsentedPage(total=rows.count(), items=[_consented(row, named) for row in page])


def open_consented(actor: Actor, uid: str) -> ConsentedOpened:
    """What a person allowed this department to have, opened: a look for this consent, that the person reads.

    Raises ``NotFound`` for a consent that was withdrawn, has ended or was given to somebody else: all alike.
    """
    row = _live(actor).filter(uid=uid).first() if is_uid(uid) else None
    if row is None:
        raise NotFound("no_such_consent", _("There is no such consent."))
    with transaction.atomic():
        held = registry_columns.columns(
            purpose=row.purpose, elements=row.elements, by=actor, holder=row.department, persons=[row.person]
        ).to_pylist()
        trail.look(
            by=actor, subjects=[row.person], elements=row.elements, purpose=row.purpose, post=policy.post_of(actor, CONSENTED),
            task=f"consent:{row.uid}",
        )  # fmt: skip
    found = held[0] if held else {}
    return ConsentedOpened(
        uid=uid, until=row.until,
        values=[
            ConsentedValue(**_seen(code).model_dump(), value=_text(found.get(code))) for code in row.elements
        ],
    )  # fmt: skip


def _live(actor: Actor) -> QuerySet[Consent]:
    now = clock.now()
    rows = Consent.objects.filter(withdrawn_at=None, given_at__lte=now, until__gt=now)
    departments = scope(actor, CONSENTED).departments
    return rows.filter(department__in=departments)


def _offer(
    one: Mapping[str, Any], department: tuple[str, str], shown: Mapping[str, elements_.Element]
) -> ConsentOffer:
    return ConsentOffer(
        code=one["code"], department=one["department"], department_zh=department[0], department_en=department[1],
        zh=one["zh"], en=one["en"] or one["zh"], why_zh=one["why_zh"], why_en=one["why_en"] or one["why_zh"], days=one["days"],
        elements=[
            Asked(code=code, zh=shown[code].zh, en=shown[code].en, sensitive=shown[code].sensitive)
            for code in one["elements"]
        ],
    )  # fmt: skip


def _consented(row: Consent, named: Mapping[str, ConsentOffer]) -> Consented:
    offer = named.get(row.purpose)
    return Consented(
        uid=str(row.uid), department=row.department, purpose=row.purpose, purpose_zh=offer.zh if offer else row.purpose,
        purpose_en=offer.en if offer else row.purpose, elements=[_seen(code) for code in row.elements],
        given_at=row.given_at, until=row.until,
    )  # fmt: skip


def longest(offer: ConsentOffer) -> timedelta:
    """How long a consent to it may last; the day on which it is given counts whole."""
    return timedelta(days=offer.days + 1)


def _seen(code: str) -> Seen:
    one = elements_.elements().get(code)
    return Seen(code=code, zh=one.zh if one else code, en=one.en if one else code)


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return chosen("是", "yes") if value else chosen("否", "no")
    return None if value is None else str(value)
