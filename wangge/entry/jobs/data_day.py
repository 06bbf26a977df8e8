"""A department's file becomes services at doors. Read it from top to bottom; each step may run again, and queues the next.

start → standardise → link → fold → confirm → screen (and relink what earlier files could not place). The file is received and the first step's task row written in one
transaction; each later step does its work in short transactions of its own (a step that has run is passed over) and queues
the next one together with its own "done".
"""

from __future__ import annotations

from typing import IO

from django_tasks import task

from wangge.entry.jobs import leases, rescreen
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.work.hub import actions as hub
from wangge.work.hub.records import ReceiptRecord
from wangge.work.services import actions as services


def start(*, feed: str, file: IO[bytes], name: str, by: Actor) -> ReceiptRecord:
    """A department delivers a file; what follows runs as its author, re-checked at each step."""

    def then(delivery: str) -> None:
        standardise.enqueue(delivery, by.id)

    return hub.receive(feed=feed, file=file, name=name, by=by, then=then)


@task()
def standardise(delivery: str, author: str) -> None:
    """The columns become registered elements; rows in error go back to the department."""
    hub.standardise(delivery=delivery, by=_hub(author))
    with leases.finishing():
        link.enqueue(delivery, author)


@task()
def link(delivery: str, author: str) -> None:
    """Each row meets its person; unsure pairs go to a queue for people."""
    hub.link(delivery=delivery, by=_hub(author))
    with leases.finishing():
        fold.enqueue(delivery, author)


@task()
def fold(delivery: str, author: str) -> None:
    """Rows become facts, chunk by chunk; a chunk that was folded is passed over."""
    actor = _hub(author)
    start: int | None = 0
    while start is not None:
        leases.keep()
        start = hub.fold_chunk(delivery=delivery, start=start, by=actor)
    with leases.finishing():
        confirm.enqueue(delivery, author)


@task()
def confirm(delivery: str, author: str) -> None:
    """Conflicts become to-dos at the door, or corrections in the department's return feed."""
    by = _hub(author)
    hub.raise_confirmations(delivery=delivery, by=by)
    with leases.finishing():
        screen.enqueue(delivery, author)
        for earlier in hub.with_strangers(since=delivery, by=by):
            relink.enqueue(earlier, 0)


@task()
def screen(delivery: str, author: str) -> None:
    """Whoever is entitled and not receiving gets an offer, with its reasons."""
    services.screen(persons=hub.persons_of(delivery=delivery, by=_hub(author)), by=actors.system("rescreen"))
    services.push_due(by=actors.system("rescreen"))


@task()
def relink(delivery: str, after: int) -> None:
    """Rows of an earlier delivery that found nobody meet the people whom a later one brought in; a block of rows a task.

    No author stands behind it: the agreement does, and is asked again. Whose facts changed is screened as after any change.
    """
    by = actors.system("data_day")
    reached = hub.relink(delivery=delivery, after=after, by=by)
    hub.raise_confirmations(delivery=delivery, by=by)
    with leases.finishing():
        if reached is None:
            rescreen.changed.enqueue()
        else:
            relink.enqueue(delivery, reached)


def _hub(author: str) -> Actor:
    """Steps act as the data day, once the author (who delivered) still stands behind it."""
    hub.still_allowed(by=actors.of_id(author))
    return actors.system("data_day")
