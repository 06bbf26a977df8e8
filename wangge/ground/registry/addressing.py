"""What the address book is made of: every dwelling behind its door. Says nothing about who lives there."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.ground.registry.models import Dwelling


def every_door() -> Iterator[tuple[str, int, str, str]]:
    """Every dwelling: its id, its building's key, entrance and door, streamed."""
    rows = Dwelling.objects.order_by("building", "pk").values_list("uid", "building", "entrance", "door")
    for uid, building, entrance, door in rows.iterator(chunk_size=2000):
        yield str(uid), building, entrance, door


def dwellings_edition() -> tuple[int, str]:
    """Changes when a dwelling is added, or all are others (a database restored): what was made of them is then made anew."""
    last = Dwelling.objects.order_by("-pk").values_list("uid", flat=True).first()
    return Dwelling.objects.count(), str(last or "")
