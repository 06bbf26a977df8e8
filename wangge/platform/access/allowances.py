"""What an agreement, a consent or a mandate allows. ``registry.columns``, hub and services ask here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from wangge.platform.access.models import Allowance
from wangge.platform.clock import clock


def allow(
    *,
    kind: str,
    reference: str,
    holder: str,
    elements: Iterable[str],
    purpose: str,
    subject: str = "",
    from_at: datetime,
    until: datetime | None,
) -> None:
    """Write down what is allowed from a moment until another. ``kind``: agreement, consent, mandate or programme."""
    Allowance.objects.bulk_create(
        [
            Allowance(
                kind=kind,
                reference=reference,
                holder=holder,
                subject=subject,
                element=e,
                purpose=purpose,
                from_at=from_at,
                until=until,
            )
            for e in sorted(set(elements))
        ]
    )


def end(*, kind: str, reference: str) -> None:
    """The agreement, consent or mandate ends now."""
    Allowance.objects.filter(Q(until=None) | Q(until__gt=clock.now()), kind=kind, reference=reference).update(
        until=clock.now()
    )


def claims_on(element: str, claims: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these (holder, purpose), those that may have this element of everybody now. One query, however many there are."""
    moment, wanted = clock.now(), set(claims)
    rows = Allowance.objects.filter(
        Q(until=None) | Q(until__gt=moment), element=element, subject="", from_at__lte=moment,
        holder__in={holder for holder, _ in wanted},
    )  # fmt: skip
    return wanted & set(rows.values_list("holder", "purpose"))


def allowed_elements(*, holder: str, purpose: str = "", subject: str = "") -> set[str]:
    """Element codes that this holder may have now (for this purpose, of this subject)."""
    moment = clock.now()
    rows = Allowance.objects.filter(
        Q(until=None) | Q(until__gt=moment), holder=holder, from_at__lte=moment, subject__in=["", subject]
    )
    if purpose:
        rows = rows.filter(purpose=purpose)
    return set(rows.values_list("element", flat=True))
