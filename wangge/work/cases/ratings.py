"""What the reporter says in the end: solved or not, how satisfied, and whether it has to be done again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access.errors import Invalid
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import is_uid
from wangge.work.cases import moving, numbers, refusals, standing
from wangge.work.cases.models import Case, Rating
from wangge.work.cases.moving import Bringing


def rate(*, by: Actor, solved: bool, satisfied: int, note: str, tracking: str, case: str) -> Case:
    """See ``actions.rate``."""
    if not 1 <= satisfied <= 5:
        raise Invalid("out_of_scale", _("Satisfaction is a number from 1 to 5."))
    with transaction.atomic():
        row = reporters_case(by=by, tracking=tracking, case=case)
        row = moving.move(case=str(row.uid), verb="rate", by=by)
        Rating.objects.create(
            case=row,
            round=row.reopened,
            solved=solved,
            satisfied=satisfied,
            note=note.strip()[:500],
            at=standing.moment(),
        )
        return row


def reopen(*, by: Actor, reason: str, tracking: str, case: str) -> Case:
    """See ``actions.reopen``."""
    with transaction.atomic():
        row = reporters_case(by=by, tracking=tracking, case=case)
        return moving.move(case=str(row.uid), verb="reopen", by=by, bringing=Bringing(note=reason))


def reporters_case(*, by: Actor, tracking: str, case: str = "") -> Case:
    """The case that a reporter may speak of: the one of the code, or one that this account reported.

    A case that was merged leads to the one that goes on. Raises ``NotFound`` alike for a wrong code and for no case.
    """
    return going_on(as_reported(by=by, tracking=tracking, case=case))


def going_on(row: Case) -> Case:
    """The case itself, or the one that it was merged into."""
    while row.merged_into is not None:
        row = row.merged_into
    return row


def as_reported(*, by: Actor, tracking: str, case: str = "") -> Case:
    """The same before any merge: what this reporter sent. Raises ``NotFound``."""
    if tracking:
        row = Case.objects.filter(tracking__in=numbers.tracking_indexes(tracking)).first()
    else:
        known = is_uid(case) and by.kind != "public"
        row = Case.objects.filter(uid=case, reporter=by.id).first() if known else None
    if row is None:
        raise refusals.no_such_case()
    return row
