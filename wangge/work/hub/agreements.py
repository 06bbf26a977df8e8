"""Agreements, feeds and mappings: what may move, and what a file's columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access import allowances, policy
from wangge.platform.access.errors import Conflict, Invalid, NotFound
from wangge.platform.access.labels import chosen
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements import registry
from wangge.work.hub.columns_in import red_line
from wangge.work.hub.dwellings import ADDRESSES
from wangge.work.hub.models import Agreement, ColumnMapping, Feed
from wangge.work.hub.records import SecondPerson


@transaction.atomic
def agree(
    *,
    department: str,
    direction: str,
    purpose: str,
    elements: Sequence[str],
    document: str,
    from_on: date,
    to_on: date,
    by: Actor,
) -> str:
    """Write an agreement down; returns its uid. Each element must be registered; it ends by itself after ``to_on``."""
    policy.require(by, "hub.agree")
    for code in elements:
        registry.element(code)
    if to_on < from_on:
        raise Invalid("dates_reversed", _("The agreement ends before it begins."))
    row = Agreement.objects.create(
        department=department,
        direction=direction,
        purpose=purpose,
        elements=sorted(set(elements)),
        document=document,
        from_on=from_on,
        to_on=to_on,
    )
    if direction == "out":
        allowances.allow(
            kind="agreement",
            reference=str(row.uid),
            holder=department,
            elements=elements,
            purpose=purpose,
            from_at=_begin(from_on),
            until=_begin(to_on + timedelta(days=1)),
        )
    trail.record(
        by=by,
        verb="hub.agree",
        object_kind="agreement",
        object_id=str(row.uid),
        details={
            "department": department,
            "direction": direction,
            "elements": sorted(set(elements)),
            "purpose": purpose,
        },
    )
    return str(row.uid)


@transaction.atomic
def end_agreement(*, agreement: str, by: Actor) -> None:
    """End an agreement now: its feeds stop, what it allowed is allowed no more."""
    policy.require(by, "hub.agree")
    row = Agreement.objects.select_for_update().filter(uid=agreement).first()
    if row is None:
        raise NotFound("no_such_agreement", _("There is no such agreement."))
    if row.ended_at is None:
        row.ended_at, row.ended_by = clock.now(), by.id
        row.save(update_fields=["ended_at", "ended_by"])
        allowances.end(kind="agreement", reference=agreement)
        trail.record(by=by, verb="hub.end_agreement", object_kind="agreement", object_id=agreement)


def in_force(row: Agreement) -> bool:
    """Whether an agreement holds today."""
    return row.ended_at is None and row.from_on <= clock.today() <= row.to_on


def agreed_out(departments: Iterable[str]) -> dict[str, set[str]]:
    """The elements that may go back to each of these departments today: what its agreements "out" in force name."""
    agreed: dict[str, set[str]] = {code: set() for code in departments}
    for row in Agreement.objects.filter(department__in=agreed, direction="out"):
        if in_force(row):
            agreed[row.department].update(row.elements)
    return agreed


@transaction.atomic
def open_feed(
    *,
    code: str,
    agreement: str,
    name_zh: str,
    name_en: str,
    by: Actor,
    makes_persons: bool = False,
    absent: Mapping[str, str] | None = None,
) -> None:
    """Open a feed under an agreement that lets data in, or put it under a newer one.

    ``absent``: for a complete list, the value of an element that not being in it means (``{"insured_year": "0"}``).
    """
    policy.require(by, "hub.agree")
    under = Agreement.objects.filter(uid=agreement, direction="in").first()
    if under is None:
        raise NotFound("no_such_agreement", _("There is no such agreement for data coming in."))
    for element in absent or {}:
        if element not in under.elements:
            raise Invalid("not_agreed", _("The agreement does not name %(element)s.") % {"element": element})
    Feed.objects.update_or_create(
        code=code,
        defaults={
            "department": under.department,
            "name_zh": name_zh,
            "name_en": name_en,
            "agreement": under,
            "makes_persons": makes_persons,
            "absent": dict(absent or {}),
        },
    )
    trail.record(
        by=by, verb="hub.open_feed", object_kind="feed", object_id=code, details={"agreement": agreement}
    )


@transaction.atomic
def confirm_mapping(
    *,
    feed: str,
    columns: Mapping[str, str],
    by: Actor,
    values: Mapping[str, Mapping[str, str]] | None = None,
    second: SecondPerson | None = None,
) -> None:
    """Say what the columns of a feed's files hold ("" leaves a column out), and what its words mean (column → word → value).

    ``second``: which further columns speak of a second person of the row. Raises ``Invalid`` for an element that isn't
    registered or named twice of one person, and for a column that touches a red line.
    """
    policy.require(by, "hub.map")
    row = feed_of(feed)
    check_columns(columns)
    if second is not None:
        _check_second(second, columns)
    row.second = second.model_dump(exclude={"columns"}) if second else {}
    row.save(update_fields=["second"])
    parts = [(1, columns), (2, second.columns if second else {})]
    row.mapping.all().delete()
    ColumnMapping.objects.bulk_create(
        ColumnMapping(
            feed=row,
            column=column,
            element=element,
            part=part,
            values=dict((values or {}).get(column, {})),
            confirmed_by=by.id,
            confirmed_at=clock.now(),
        )
        for part, named in parts
        for column, element in named.items()
    )
    trail.record(
        by=by,
        verb="hub.confirm_mapping",
        object_kind="feed",
        object_id=feed,
        details={
            "elements": sorted({e for _part, named in parts for e in named.values() if e}),
            "left_out": [c for c, e in columns.items() if not e],
        },
    )


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ``Invalid`` where columns of one person name an element twice or touch a red line, ``UnknownElement`` for others."""
    named = [element for element in columns.values() if element]
    doubled = sorted({element for element in named if named.count(element) > 1})
    if doubled:
        raise Invalid(
            "element_twice",
            _("Two columns can't hold the same element: %(what)s.") % {"what": ", ".join(doubled)},
        )
    for column, element in columns.items():
        if not element:
            continue
        registry.element(element)
        crossed = red_line(column)
        if crossed is not None:
            why = chosen(crossed.reason_zh, crossed.reason_en)
            raise Invalid("red_line", f"{column}: {why}", advice=_("Leave the column out."))


def _check_second(second: SecondPerson, columns: Mapping[str, str]) -> None:
    check_columns(second.columns)
    twice = sorted(
        (second.columns.keys() & columns.keys()) | (second.constants.keys() & set(second.columns.values()))
    )
    if twice:
        raise Invalid(
            "column_twice", _("These stand for two things at once: %(what)s.") % {"what": ", ".join(twice)}
        )
    if "name" not in second.columns.values():
        raise Invalid("no_name", _("Which column holds the second person's name?"))
    mapped = {**columns, **second.columns}
    if second.dwelling and mapped.get(second.dwelling) not in ADDRESSES:
        raise Invalid("no_address", _("%(column)s holds no address.") % {"column": second.dwelling})
    for element, value in second.constants.items():
        one = registry.element(element)
        if value not in ({code for code, _zh, _en in one.choices} or {"yes", "no"}) or one.kind not in (
            "choice",
            "yes_no",
        ):
            raise Invalid(
                "no_such_value",
                _("%(value)s is no value of %(element)s.") % {"value": value, "element": element},
            )


def feed_of(code: str) -> Feed:
    """A feed by its code; ``NotFound``."""
    row = Feed.objects.select_related("agreement").filter(code=code).first()
    if row is None:
        raise NotFound("no_such_feed", _("There is no feed %(code)s.") % {"code": code})
    return row


def open_for_delivery(feed: Feed) -> None:
    """Raise ``Conflict`` unless the feed's agreement holds today."""
    if not in_force(feed.agreement):
        raise Conflict(
            "agreement_ended",
            _("The agreement of the feed %(code)s is not in force.") % {"code": feed.code},
            advice=_("Renew the agreement; nothing was taken in."),
        )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.city_zone())
