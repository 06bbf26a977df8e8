"""Why a person is opened. No purpose, no look; every look leaves a row.

A purpose is held by an actor, or by a *place*: whoever may act at that place now (the worker on duty in its grid) holds it.
Places are resolved when somebody looks, so that a new plan or another duty moves no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.models import Purpose
from wangge.platform.access.records import BoundPerson
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

StandsAt = Callable[[str], str | None]
"""Today's area code of a place (from ``areas``), or None."""


def at_place(place: str) -> str:
    """The holder that stands for whoever may act at a place."""
    return f"place:{place}"


def give(
    *, holder: str, subjects: Iterable[str], task: str, purpose: str, until: datetime | None = None
) -> None:
    """A task is in hand: its holder may open these persons until it ends. Called downwards by todos and cases."""
    give_all([(holder, subjects, task)], purpose=purpose, until=until)


def give_all(
    given: Iterable[tuple[str, Iterable[str], str]], *, purpose: str, until: datetime | None = None
) -> None:
    """The same for many tasks at once: (holder, subjects, task) each."""
    moment = clock.now()
    Purpose.objects.bulk_create(
        [
            Purpose(holder=holder, subject=s, task=task, purpose=purpose, from_at=moment, until=until)
            for holder, subjects, task in given
            for s in sorted(set(subjects))
        ],
        batch_size=500,
    )


def end(*, task: str) -> None:
    """The task is over: nobody opens anybody for it any more."""
    Purpose.objects.filter(Q(until=None) | Q(until__gt=clock.now()), task=task).update(until=clock.now())


def in_hand(
    actor: Actor,
    subject: str,
    *,
    task: str = "",
    permission: str = "registry.unmask",
    stands_at: StandsAt | None = None,
) -> Purpose | None:
    """The newest live purpose under which the actor may open this person (for this task, if one is named)."""
    moment = clock.now()
    live = Purpose.objects.filter(
        Q(until=None) | Q(until__gt=moment), subject=subject, from_at__lte=moment
    ).order_by("-id")
    if task:
        live = live.filter(task=task)
    inside = scope(actor, permission)
    for one in live:
        if one.holder == actor.id:
            return one
        place = one.holder.removeprefix("place:")
        if place != one.holder and stands_at is not None and inside.covers(stands_at(place) or ""):
            return one
    return None


def open_person(
    actor: Actor,
    subject: str,
    elements: Iterable[str],
    *,
    task: str = "",
    permission: str = "registry.unmask",
    stands_at: StandsAt | None = None,
) -> None:
    """Allow, and record, one unmasked look at a person. Call inside a transaction, before showing anything.

    Residents open themselves without a task; that is recorded too. Raises ``Forbidden`` where no task is in hand.
    """
    if BoundPerson(subject) in actor.holds:
        trail.look(by=actor, subjects=[subject], elements=elements, purpose="own_data", post=policy.RESIDENT)
        return
    policy.require(actor, permission)
    held = in_hand(actor, subject, task=task, permission=permission, stands_at=stands_at)
    if held is None:
        raise Forbidden(
            "no_task_in_hand",
            _("You have no task that needs this person's data."),
            advice=_("Open the person from the to-do or case that concerns them."),
        )
    trail.look(
        by=actor,
        subjects=[subject],
        elements=elements,
        purpose=held.purpose,
        post=policy.post_of(actor, permission),
        task=held.task,
    )
