"""Conflicts between sources: a to-do at the door, or a correction in the department's return feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from wangge.ground.registry import queries as registry
from wangge.ground.registry.parts import line_of
from wangge.ground.registry.records import Conflict
from wangge.platform.access import queries as access
from wangge.platform.access.labels import Pair
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import Element, element
from wangge.work.hub import corrections, pairs
from wangge.work.hub.models import Confirmation, Delivery
from wangge.work.todos import actions as todos
from wangge.work.todos.records import TodoRecord

ADMISSION = "confirm_fact"
DUE_AFTER = timedelta(days=90)
"""A round of the whole register takes a quarter: confirmations wait for a visit that is due anyway, not the other way round."""
AT_ONCE = 50


def keep(delivery: Delivery, conflicts: Iterable[Conflict], by: Actor) -> None:
    """Keep what a fold could not settle: corrections at once, the rest as confirmations to raise. In the fold's transaction.

    While a confirmation of the same element of the same person is open, no second one is opened.
    """
    found = list(conflicts)
    Confirmation.objects.bulk_create(
        [_kept(delivery, one) for one in found if one.kind != "correct"],
        ignore_conflicts=True,
        batch_size=100,
    )
    corrections.tell([one for one in found if one.kind == "correct"], "", by)


def _kept(delivery: Delivery, one: Conflict) -> Confirmation:
    """The conflict as the delivering department sees it: its own value and line, and whoever says otherwise.

    Where nobody is the authority the newest value stands, so the delivery's own may be the one that is held.
    """
    said, own, other = one.offered, one.offered_source, one.held_source
    if other.batch == str(delivery.uid) and own.batch != other.batch:
        said, own, other = one.held, one.held_source, one.offered_source
    return Confirmation(
        person=one.person, element=one.element, delivery=delivery, row=line_of(own.row or 0, own.part),
        held_source=other.department, offered=said,
    )  # fmt: skip


def raise_confirmations(*, delivery: str, by: Actor) -> int:
    """Push a to-do for each conflict that only a person can settle; returns how many. Run again, it adds none."""
    row = Delivery.objects.select_related("feed").get(uid=delivery)
    waiting = list(Confirmation.objects.filter(delivery=row, state="open"))
    names = access.department_names(by)
    pushed = 0
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        homes = registry.homes_of([one.person for one in some])
        matters = [matter for one in some if (matter := _matter(one, row, names, *homes[one.person]))]
        pushed += len(todos.push_all(admission=ADMISSION, matters=matters, by=by))
    return pushed


def _matter(
    one: Confirmation, delivery: Delivery, names: Mapping[str, Pair], place: str | None, household: str | None
) -> todos.Matter | None:
    """What is to be found out at the door; None where nobody knows the door."""
    if place is None:
        return None
    what = element(one.element)
    here, there = (_holder(names, code) for code in (delivery.feed.department, one.held_source))
    return todos.Matter(
        place, "person", one.person, ("hub", str(one.uid)), (f"核实{what.zh}", f"Confirm: {what.en}"),
        _reason(what, here, there), household=household or "", persons=(one.person,), elements=(one.element,),
        department=delivery.feed.department, due_at=clock.now() + DUE_AFTER,
    )  # fmt: skip


def _holder(names: Mapping[str, Pair], code: str) -> Pair:
    """Who holds a value: a department; the grid where it was found at a door."""
    return names.get(code, (code, code)) if code else ("网格", "the grid")


def _reason(what: Element, here: Pair, there: Pair) -> Pair:
    return (
        f"{here[0]}与{there[0]}登记的{what.zh}不一致，两边都不是这一项的权威来源",
        f"{here[1]} and {there[1]} hold different values of “{what.en}”; neither is its authority",
    )


class Confirmations:
    """How the hub hears that a confirmation ended: what was found is a fact already, and so are corrections of it."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """Close the confirmation. A value found at the door went back with its observation; the department hears the outcome."""
        if todo.origin_ref.startswith("pair:"):
            pairs.settled_at_door(pair=todo.origin_ref.removeprefix("pair:"), outcome=outcome, by=by)
            return
        one = Confirmation.objects.select_related("delivery__feed").get(uid=todo.origin_ref)
        one.state, one.outcome, one.settled_at = "settled", outcome, at
        one.save(update_fields=["state", "outcome", "settled_at"])
        found = values.get(one.element)
        if one.element not in values or found != one.offered:
            corrections.ended(one, outcome=outcome, value=found, task=todos.task_of(todo.uid), at=at, by=by)
