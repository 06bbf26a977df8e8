"""Reading the hand-over book: its pages as a list and as a workbook, each axis its own, within the reader's area."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from wangge.cores.tables.sheets import Sheet
from wangge.cores.tables.writing import write_xlsx
from wangge.platform.access import policy
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import standing, words
from wangge.work.cases.desks import AXES, HAND_OVER, reach
from wangge.work.cases.hand_over_records import BookFilters, BookPage, HandOverRecord, NamedRecord
from wangge.work.cases.models import HandOver, NamedCase

MOST = 100
COLUMNS = (
    "handed_over_at", "axis", "area", "handed_over_by", "said", "number", "class", "address", "state_then", "state", "note",
    "taken_over_at", "taken_over_by",
)  # fmt: skip


def book(actor: Actor, filters: BookFilters | None = None, *, limit: int = 20, offset: int = 0) -> BookPage:
    """Pages of the book, the newest first. The same few queries, however many there are."""
    rows = _pages(actor, filters or BookFilters())
    start = max(offset, 0)
    page = _with_cases(actor, rows)[start : start + max(min(limit, MOST), 0)]
    return BookPage(total=rows.count(), items=[_record(actor, row) for row in page])


def export_book(actor: Actor, filters: BookFilters) -> bytes:
    """The same as a workbook, a row for each case named (one for a page that names none). The export is on record."""
    pages = list(_with_cases(actor, _pages(actor, filters)))
    at = clock.local(standing.moment())
    said = ", ".join(f"{name}={value}" for name, value in filters.model_dump(exclude_none=True).items())
    title = f"{words.say('sheets', 'hand_overs')} · {at:%Y-%m-%d %H:%M:%S}{' · ' + said if said else ''}"
    target = io.BytesIO()
    header = [words.say("columns", one) for one in COLUMNS]
    lines = [line for row in pages for line in _lines(row)]
    write_xlsx(target, [Sheet(words.say("sheets", "hand_overs"), header, lines, title=title)])
    with transaction.atomic():
        trail.record(
            by=actor, verb="cases.export_hand_overs", object_kind="hand_overs", object_id=str(len(pages)),
            details={"filter": said, "rows": len(lines)},
        )  # fmt: skip
    return target.getvalue()


def _pages(actor: Actor, filters: BookFilters) -> QuerySet[HandOver]:
    """The pages of the actor's own axes and area."""
    policy.require(actor, HAND_OVER)
    mine = HandOver.objects.none()
    for axis in AXES:
        mine = mine | reach(actor, axis).rows(HandOver.objects.filter(axis=axis), area="area")
    return mine.filter(_condition(filters))


def _condition(filters: BookFilters) -> Q:
    whole = Q()
    if filters.from_on:
        whole &= Q(at__gte=datetime.combine(filters.from_on, time(), tzinfo=clock.city_zone()))
    if filters.to_on:
        after = filters.to_on + timedelta(days=1)
        whole &= Q(at__lt=datetime.combine(after, time(), tzinfo=clock.city_zone()))
    if filters.waiting is not None:
        whole &= Q(taken_by="") if filters.waiting else ~Q(taken_by="")
    return whole


def _with_cases(actor: Actor, rows: QuerySet[HandOver]) -> QuerySet[HandOver]:
    """With the cases named, as far as the actor sees them: one may have been moved to another area since."""
    named = NamedCase.objects.select_related("case__of_class").defer("case__reporter_phone").order_by("n")
    seen = scope(actor, "cases.see").rows(named, area="case__area", department="case__department")
    return rows.prefetch_related(Prefetch("named", seen)).order_by("-at", "-id")


def _record(actor: Actor, row: HandOver) -> HandOverRecord:
    mine = row.by == actor.id
    return HandOverRecord(
        uid=str(row.uid), axis=row.axis, area=row.area, post=row.post, name=row.name, at=row.at, said=row.said,
        figures=row.figures, cases=[_named(one) for one in row.named.all()], taken_post=row.taken_post,
        taken_name=row.taken_name, taken_at=row.taken_at, mine=mine, may_take=not mine and not row.taken_by,
    )  # fmt: skip


def _named(row: NamedCase) -> NamedRecord:
    (zh, en), (now_zh, now_en) = words.both("states", row.state), words.both("states", row.case.state)
    of = row.case.of_class
    return NamedRecord(
        uid=str(row.case.uid), number=row.case.number, class_zh=of.name_zh if of else "",
        class_en=(of.name_en or of.name_zh) if of else "", address=row.case.address, state_zh=zh, state_en=en, now_zh=now_zh,
        now_en=now_en, moved=row.case.state != row.state, note=row.note,
    )  # fmt: skip


def _lines(row: HandOver) -> Iterator[list[object]]:
    first: list[object] = [
        _wall(row.at),
        words.say("axes", row.axis),
        row.area,
        _who(row.post, row.name),
        row.said,
    ]
    taken: list[object] = [_wall(row.taken_at), _who(row.taken_post, row.taken_name)]
    found = [_named(one) for one in row.named.all()]
    zh = words.in_chinese()
    for one in found:
        yield [
            *first, one.number, one.class_zh if zh else one.class_en, one.address, one.state_zh if zh else one.state_en,
            one.now_zh if zh else one.now_en, one.note, *taken,
        ]  # fmt: skip
    if not found:
        yield [*first, *[""] * 6, *taken]


def _who(post: str, name: str) -> str:
    return " ".join(filter(None, [words.post(post) if post else "", name]))


def _wall(moment: datetime | None) -> datetime | None:
    return None if moment is None else clock.local(moment).replace(tzinfo=None)
