"""Why a person is opened. No purpose, no look; every look leaves a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.models import Purpose
from wangge.platform.access.records import BoundPerson, Held
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock


def post(grid: str) -> str:
    """The holder that stands for whoever is on duty in a grid."""
    return f"post:{grid}"


def give(*, holder: str, subjects: Iterable[str], task: str, purpose: str, until: datetime | None = None) -> None:
    """A task is in hand: its holder may open these persons until it ends. Called downwards by todos and cases."""
    moment = clock.now()
    Purpose.objects.bulk_create(
        [Purpose(holder=holder, subject=s, task=task, purpose=purpose, from_at=moment, until=until) for s in sorted(set(subjects))],
        batch_size=500,
    )


def end(*, task: str) -> None:
    """The task is over: nobody opens anybody for it any more."""
    Purpose.objects.filter(Q(until=None) | Q(until__gt=clock.now()), task=task).update(until=clock.now())


def holders(actor: Actor) -> list[str]:
    """The ids under which this actor may hold a purpose: its own, and the posts of its grids."""
    posts = [post(h.area) for h in actor.holds if isinstance(h, Held) and h.role in policy.FIELD and h.area]
    return [actor.id, *posts]


def in_hand(actor: Actor, subject: str, task: str = "") -> Purpose | None:
    """The live purpose under which the actor may open this person (for this task, if one is named)."""
    moment = clock.now()
    rows = Purpose.objects.filter(
        Q(until=None) | Q(until__gt=moment), holder__in=holders(actor), subject=subject, from_at__lte=moment
    )
    return (rows.filter(task=task) if task else rows).order_by("-id").first()


def open_person(actor: Actor, subject: str, elements: Iterable[str], *, task: str = "", permission: str = "registry.unmask") -> None:
    """Allow, and record, one unmasked look at a person. Call inside a transaction, before showing anything.

    Residents open themselves without a task; that is recorded too. Raises ``Forbidden`` where no task is in hand.
    """
    if BoundPerson(subject) in actor.holds:
        trail.look(by=actor, subjects=[subject], elements=elements, purpose="own_data", post=policy.RESIDENT)
        return
    policy.require(actor, permission)
    held = in_hand(actor, subject, task)
    if held is None:
        raise Forbidden(
            "no_task_in_hand", _("You have no task that needs this person's data."),
            advice=_("Open the person from the to-do or case that concerns them."),
        )
    trail.look(
        by=actor, subjects=[subject], elements=elements, purpose=held.purpose, post=policy.post_of(actor, permission), task=held.task
    )
