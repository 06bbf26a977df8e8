"""Single rows of the inbox with where they stand today, in the same scope as lists.

For one row the scope is asked in Python: composing the statement for it takes longer than reading the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import is_uid
from wangge.platform.stores import rows
from wangge.work.todos.models import Todo


class Area(TypedDict):
    """What a row carries beside its columns: today's area code of its place."""

    area: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Located = WithAnnotations[Todo, Area]


def seen(actor: Actor, uid: str, *, lock: bool = False) -> Located:
    """The to-do with its ``area``, if the actor sees it; else ``NotFound``."""
    inside = scope(actor, "todos.see")
    row: Located | None = rows.get(Todo, "uid", uid, lock=lock) if is_uid(uid) else None  # type: ignore[assignment]
    if row is None:
        raise no_such_todo()
    rows.follow(row, "admission")
    rows.follow(row, "place")
    row.area = areas.area_of_key(row.place.pk, row.place.community)
    if not inside.covers(row.area, row.department):
        raise no_such_todo()
    return row


def locked(by: Actor, uid: str) -> Located:
    """The to-do, locked, if this actor may settle it where it stands now; else ``NotFound``."""
    row = seen(by, uid, lock=True)
    if by.kind != "system" and not scope(by, "todos.settle").covers(row.area, row.department):
        raise no_such_todo()
    return row


def no_such_todo() -> NotFound:
    """The same answer for one that isn't there and one that isn't the actor's to see."""
    return NotFound("no_such_todo", _("There is no such to-do in your area."))
