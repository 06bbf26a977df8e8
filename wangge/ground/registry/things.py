"""Reading what is no person: organisations and parts in the actor's areas."""

from __future__ import annotations

from django.db.models import Q

from wangge.ground.registry import scoping
from wangge.ground.registry.records import OrganisationPage, OrganisationRecord, PartPage, PartRecord
from wangge.platform.audit.actor import Actor


def organisations(
    actor: Actor, *, area: str = "", search: str = "", limit: int = 50, offset: int = 0
) -> OrganisationPage:
    """Organisations in the actor's areas, by a part of the name or by credit code."""
    found = scoping.organisations(actor, area)
    if search:
        found = found.filter(Q(name__contains=search) | Q(credit_code=search.upper()))
    rows = found.select_related("place").order_by("name", "pk")[scoping.window(limit, offset)]
    items = [
        OrganisationRecord(
            uid=str(o.uid), credit_code=o.credit_code or "", name=o.name, kind=o.kind, address=o.address,
            place=str(o.place.uid) if o.place else "",
        )
        for o in rows
    ]  # fmt: skip
    return OrganisationPage(total=found.count(), items=items)


def parts(
    actor: Actor, *, area: str = "", class_code: str = "", limit: int = 200, offset: int = 0
) -> PartPage:
    """Parts in the actor's areas."""
    found = scoping.parts(actor, area)
    if class_code:
        found = found.filter(class_code=class_code)
    rows = found.select_related("place").order_by("code")[scoping.window(limit, offset)]
    items = [
        PartRecord(
            uid=str(p.uid), code=p.code, class_code=p.class_code, name=p.name, lon=p.place.lon, lat=p.place.lat,
            department=p.department,
        )
        for p in rows
    ]  # fmt: skip
    return PartPage(total=found.count(), items=items)
