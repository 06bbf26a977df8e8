"""Conflicts between sources: a to-do at the door, or a correction in the department's return feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.ground.registry.records import Conflict
from wangge.platform.access import queries as access
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import Element, element
from wangge.work.hub import pairs
from wangge.work.hub.models import Confirmation, Delivery, ReturnRow
from wangge.work.todos import actions as todos
from wangge.work.todos.records import TodoRecord

ADMISSION = "confirm_fact"
DUE_AFTER = timedelta(days=15)
AT_ONCE = 5


def keep(delivery: Delivery, conflicts: Iterable[Conflict]) -> None:
    """Keep what a fold could not settle: corrections at once, the rest as confirmations to raise. In the fold's transaction."""
    for one in conflicts:
        if one.kind == "correct":
            correct(one)
        else:
            Confirmation.objects.get_or_create(
                person=one.person,
                element=one.element,
                state="open",
                defaults={
                    "delivery": delivery,
                    "row": one.offered_source.row or 0,
                    "held_source": one.held_source.department,
                    "offered": one.offered,
                },
            )


def correct(one: Conflict) -> None:
    """Tell the department whose value stands against a better one."""
    said = one.offered_source
    if not said.department:
        return
    ReturnRow.objects.update_or_create(
        department=said.department,
        kind="correction",
        reference=f"{said.feed}:{said.batch}:{said.row}",
        element=one.element,
        defaults={
            "person": one.person,
            "feed": said.feed,
            "delivery": said.batch,
            "row": said.row,
            "value": one.held,
            "at": clock.now(),
        },
    )


def raise_confirmations(*, delivery: str, by: Actor) -> int:
    """Push a to-do for each conflict that only a person can settle; returns how many. Run again, it adds none."""
    row = Delivery.objects.select_related("feed").get(uid=delivery)
    waiting = list(Confirmation.objects.filter(delivery=row, state="open"))
    names = {one.code: one.name_zh for one in access.departments(by)}
    pushed = 0
    for start in range(0, len(waiting), AT_ONCE):
        with transaction.atomic():
            pushed += sum(_push(one, row, names, by) for one in waiting[start : start + AT_ONCE])
    return pushed


def _push(one: Confirmation, delivery: Delivery, names: Mapping[str, str], by: Actor) -> bool:
    place = registry.place_of_person(one.person)
    if place is None:
        return False
    what = element(one.element)
    here, there = (
        names.get(code, code) or _("the grid") for code in (delivery.feed.department, one.held_source)
    )
    todos.push(
        admission=ADMISSION,
        place=place,
        subject_kind="person",
        subject=one.person,
        persons=[one.person],
        household=registry.household_of(one.person) or "",
        origin=("hub", str(one.uid)),
        elements=[one.element],
        title=(f"核实{what.zh}", f"Confirm: {what.en}"),
        reason=_reason(what, here, there),
        department=delivery.feed.department,
        due_at=clock.now() + DUE_AFTER,
        by=by,
    )
    return True


def _reason(what: Element, here: str, there: str) -> tuple[str, str]:
    return (
        f"{here}与{there or '网格'}登记的{what.zh}不一致，两边都不是这一项的权威来源",
        f"{here} and {there or 'the grid'} hold different values of “{what.en}”; neither is its authority",
    )


class Confirmations:
    """How the hub hears that a confirmation ended: what was found is a fact already, the department gets the correction."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """Close the confirmation; a value found at the door goes back to the department that said otherwise."""
        if todo.origin_ref.startswith("pair:"):
            pairs.settled_at_door(pair=todo.origin_ref.removeprefix("pair:"), outcome=outcome, at=at, by=by)
            return
        one = Confirmation.objects.select_related("delivery__feed").get(uid=todo.origin_ref)
        one.state, one.outcome, one.settled_at = "settled", outcome, at
        one.save(update_fields=["state", "outcome", "settled_at"])
        feed = one.delivery.feed
        found = values.get(one.element)
        if one.element in values and found == one.offered:
            return
        ReturnRow.objects.update_or_create(
            department=feed.department,
            kind="correction",
            reference=todo.uid,
            element=one.element,
            defaults={
                "person": one.person,
                "feed": feed.code,
                "delivery": str(one.delivery.uid),
                "row": one.row,
                "value": found,
                "outcome": outcome,
                "at": at,
            },
        )
