"""Loading organisations and parts in bulk: chunk by chunk, each its own transaction, known again when they come again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wangge.ground.areas import actions as areas_actions
from wangge.ground.areas import queries as areas
from wangge.ground.registry.chunks import chunks, recorded
from wangge.ground.registry.loads import OrganisationIn, PartIn
from wangge.ground.registry.models import Organisation, Part
from wangge.platform.access import policy
from wangge.platform.audit.actor import Actor

MANAGE = "registry.manage"


def load_organisations(*, rows: Iterable[OrganisationIn], by: Actor) -> list[str]:
    """Add or renew organisations, known by their credit code; returns their ids in the order of the rows."""
    policy.require(by, MANAGE)
    uids: list[str] = []
    for some in chunks(rows):
        with transaction.atomic():
            uids += [_organisation(row) for row in some]
            recorded(by, "organisation", len(some))
    return uids


def load_parts(*, rows: Iterable[PartIn], by: Actor) -> int:
    """Add or renew parts, known by their code, each at the place of its point; returns how many rows came."""
    policy.require(by, MANAGE)
    count = 0
    for some in chunks(rows, 100):
        with transaction.atomic():
            places = areas_actions.places_at(points=[(r.lon, r.lat) for r in some])
            keys = areas.place_keys(places)
            parts = [
                Part(
                    code=r.code,
                    class_code=r.class_code,
                    name=r.name,
                    place_id=keys[place],
                    department=r.department,
                )
                for r, place in zip(some, places, strict=True)
            ]
            Part.objects.bulk_create(
                parts, update_conflicts=True, unique_fields=["code"],
                update_fields=["class_code", "name", "place", "department"], batch_size=100,
            )  # fmt: skip
            recorded(by, "part", len(some))
        count += len(some)
    return count


def _organisation(row: OrganisationIn) -> str:
    place = areas.place_key(row.place) if row.place else None
    facts = {"name": row.name, "kind": row.kind, "address": row.address, "place_id": place}
    if row.credit_code:
        one, _ = Organisation.objects.update_or_create(credit_code=row.credit_code, defaults=facts)
    else:
        one, _ = Organisation.objects.update_or_create(
            name=row.name, address=row.address, credit_code=None, defaults=facts
        )
    return str(one.uid)
