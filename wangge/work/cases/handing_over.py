"""交接班: one shift writes down what it leaves, the next one takes it over. Each axis has a book of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Conflict, Invalid, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.platform.stores import rows
from wangge.work.cases import refusals, words
from wangge.work.cases.acting import name_of
from wangge.work.cases.desks import AXES, Desk, desk_of, desks_of, figures_of, reach
from wangge.work.cases.models import Case, HandOver, NamedCase
from wangge.work.cases.standing import moment
from wangge.work.cases.tallies import tally

LONGEST, LONGEST_NOTE, MOST = 1000, 200, 60
"""Characters of a hand-over and of a note to a case, and how many cases one names."""


@dataclass(frozen=True, slots=True)
class Named:
    """A case that is worth naming (its id), with a short note or none."""

    case: str
    note: str = ""


def hand_over(
    *, said: str, cases: Sequence[Named], by: Actor, axis: str = "", area: str | None = None
) -> str:
    """Write what this shift leaves to the next; returns the page's id. It waits for somebody else of the same axis.

    ``axis`` and ``area`` name one of the writer's desks where there are several. Raises ``Invalid`` for nothing said, for too
    much, or for a case named twice; ``NotFound`` for a case that doesn't lie at that desk.
    """
    desk = desk_of(by, axis, area)
    plain = _short(said, LONGEST, _("The hand-over"))
    notes = {one.case: _short(one.note, LONGEST_NOTE, _("A note to a case")) for one in cases}
    if not plain and not notes:
        raise Invalid(
            "nothing_said",
            _("Nothing is said and no case is named."),
            advice=_("Write a sentence, or name a case."),
        )
    if len(notes) != len(cases) or len(notes) > MOST:
        raise Invalid(
            "cases_named", _("Each case is named once, and no more than %(most)d of them.") % {"most": MOST}
        )
    with transaction.atomic():
        named = _cases_of(by, desk, list(notes))
        figures = tally(by, figures_of(desk, alone=len(desks_of(by)) == 1))
        row = HandOver(
            axis=desk.axis, area=desk.area, by=by.id, post=policy.post_of(by, AXES[desk.axis]), name=name_of(by), at=moment(),
            said=plain, figures=figures,
        )  # fmt: skip
        row.save(force_insert=True)
        NamedCase.objects.bulk_create(
            NamedCase(hand_over=row, n=n, case=one, state=one.state, note=notes[str(one.uid)])
            for n, one in enumerate(named, 1)
        )
        trail.record(
            by=by, verb="cases.hand_over", object_kind="hand_over", object_id=str(row.uid),
            details={"axis": desk.axis, "area": desk.area, "cases": [one.number for one in named]},
        )  # fmt: skip
    return str(row.uid)


def take_over(*, uid: str, by: Actor) -> None:
    """接班: somebody else of the same axis has read it. Once: who comes second is told who was first (``Conflict``).

    Raises ``NotFound`` for a page of the other axis, or of a desk beyond one's own.
    """
    policy.require(by, "cases.hand_over")
    with transaction.atomic():
        row = rows.get(HandOver, "uid", uid, lock=True) if is_uid(uid) else None
        if row is None or not reach(by, row.axis).covers(row.area):
            raise NotFound(
                "no_such_hand_over", _("There is no such hand-over at your desk."),
                advice=_("A hand-over is taken over by the next shift of the same axis."),
            )  # fmt: skip
        if row.by == by.id:
            raise Conflict(
                "your_own",
                _("You wrote this hand-over yourself."),
                advice=_("Somebody of the next shift takes it over."),
            )
        taken = {
            "taken_by": by.id, "taken_post": policy.post_of(by, AXES[row.axis]), "taken_name": name_of(by), "taken_at": moment(),
        }  # fmt: skip
        if row.taken_by or not rows.update(row, taken, only_if={"taken_by": ""}):
            raise _taken_already(row)
        trail.record(
            by=by, verb="cases.take_over", object_kind="hand_over", object_id=uid, details={"axis": row.axis, "area": row.area},
        )  # fmt: skip


def _cases_of(by: Actor, desk: Desk, wanted: Sequence[str]) -> list[Case]:
    """The cases, in the order of naming: all that the writer sees, and within the desk's area, which its readers see too."""
    inside = scope(by, "cases.see").rows(Case.objects.all(), area="area", department="department")
    known = [one for one in wanted if is_uid(one)]
    found = {str(one.uid): one for one in inside.filter(uid__in=known).defer("reporter_phone")}
    if any(one not in found or not found[one].area.startswith(desk.area) for one in wanted):
        raise refusals.no_such_case()
    return [found[one] for one in wanted]


def _short(text: str, most: int, what: str) -> str:
    plain = text.strip()
    if len(plain) > most:
        raise Invalid(
            "too_long", _("%(field)s has more than %(most)d characters.") % {"field": what, "most": most}
        )
    return plain


def _taken_already(row: HandOver) -> Conflict:
    who = " ".join(filter(None, [words.post(row.taken_post), row.taken_name]))
    when = f"{clock.local(row.taken_at):%Y-%m-%d %H:%M}" if row.taken_at else ""
    return Conflict(
        "taken_already", _("%(who)s took this over at %(when)s.") % {"who": who, "when": when},
        advice=_("Load the page again."),
    )  # fmt: skip
