"""Reading the hub: feeds, deliveries, faults as a file, pairs to review, return feeds. All within the actor's departments."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from wangge.cores.messages.said import unpacked
from wangge.cores.tables.errors import RowError
from wangge.cores.tables.table import Table
from wangge.cores.tables.writing import Sheet, row_error_sheet, write_xlsx
from wangge.ground.registry import queries as people
from wangge.platform.access import actors, policy
from wangge.platform.access.errors import NotFound
from wangge.platform.access.saying import in_row
from wangge.platform.access.scope import scope
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.stores.batches import read_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub import pairs
from wangge.work.hub.agreements import agreed_out, in_force
from wangge.work.hub.models import Agreement, Delivery, Feed, ReturnRow, UnsurePair
from wangge.work.hub.proposing import confirmed_mapping
from wangge.work.hub.receiving import ROW, sent_as
from wangge.work.hub.records import (
    AgreementRecord,
    DeliveryPage,
    FeedRecord,
    MappedColumn,
    PairOpened,
    PairPage,
    PairRecord,
    ReceiptRecord,
    ReturnPage,
    ReturnRecord,
)
from wangge.work.hub.shown import agreement_of, pair_of, receipt_of, receipts_of

OVERDUE_SHARE = 0.2
"""Above this share of rows in error a feed needs somebody."""


def agreements(
    actor: Actor, *, department: str = "", direction: str = "", force: bool | None = None
) -> list[AgreementRecord]:
    """The agreements of the actor's departments, newest first; of one department, one direction, in force or ended."""
    rows = scope(actor, "hub.see").rows(
        Agreement.objects.order_by("-from_on", "-id"), department="department"
    )
    asked = {"department": department, "direction": direction}
    rows = rows.filter(**{field: given for field, given in asked.items() if given})
    found = [agreement_of(a, in_force=in_force(a)) for a in rows]
    return [one for one in found if force is None or one.in_force == force]


def register(actor: Actor) -> list[AgreementRecord]:
    """Agreements in force, for the public register."""
    rows = [a for a in Agreement.objects.order_by("department", "id") if in_force(a)]
    return [agreement_of(a, in_force=True) for a in rows]


def feeds(actor: Actor) -> list[FeedRecord]:
    """Feeds with the age and quality of their last delivery; ``needs_somebody`` where a person must act."""
    rows = scope(actor, "hub.see").rows(
        Feed.objects.select_related("agreement").order_by("code"), department="department"
    )
    held = list(rows.annotate(mapped=Count("mapping", filter=~Q(mapping__element=""))))
    theirs = Delivery.objects.filter(feed__in=held).order_by()
    sent = dict(theirs.values_list("feed").annotate(sent=Count("pk")))
    newest = {row.feed_id: row for row in _newest(held)}
    return [_feed(row, sent.get(row.pk, 0), newest.get(row.pk)) for row in held]


def _newest(feeds: Iterable[Feed]) -> QuerySet[Delivery]:
    """The last delivery of each feed: deliveries pile up for years, and with them the names of their columns."""
    last = Delivery.objects.filter(feed=OuterRef("pk")).order_by("-received_at", "-id").values("pk")[:1]
    ids = Feed.objects.filter(pk__in=[one.pk for one in feeds]).annotate(last=Subquery(last)).values("last")
    return Delivery.objects.filter(pk__in=ids)


def _feed(row: Feed, sent: int, last: Delivery | None) -> FeedRecord:
    share = last.bad_rows / last.rows if last and last.rows else None
    held = in_force(row.agreement)
    return FeedRecord(
        code=row.code,
        department=row.department,
        name_zh=row.name_zh,
        name_en=row.name_en,
        agreement=str(row.agreement.uid),
        in_force=held,
        makes_persons=row.makes_persons,
        mapped=getattr(row, "mapped", 0),
        deliveries=sent,
        last_at=last.received_at if last else None,
        last_bad_share=share,
        needs_somebody=not held or not getattr(row, "mapped", 0) or (share or 0) > OVERDUE_SHARE,
    )


def absent_values() -> dict[str, str]:
    """What it means not to be in a complete list, by element: of feeds that have been delivered under an agreement in force."""
    rows = (
        Feed.objects.select_related("agreement").filter(deliveries__state__in=["folded", "done"]).distinct()
    )
    return {
        element: value for feed in rows if in_force(feed.agreement) for element, value in feed.absent.items()
    }


def mapping(actor: Actor, feed: str) -> list[MappedColumn]:
    """The confirmed mapping of a feed."""
    row = scope(actor, "hub.see").rows(Feed.objects.filter(code=feed), department="department").first()
    if row is None:
        raise NotFound("no_such_feed", _("There is no feed %(code)s.") % {"code": feed})
    return confirmed_mapping(row)


def deliveries(actor: Actor, *, feed: str = "", limit: int = 50, offset: int = 0) -> DeliveryPage:
    """Deliveries, newest first."""
    rows = listed_deliveries(actor, feed=feed)
    page = rows[offset : offset + min(limit, 200)]
    return DeliveryPage(total=rows.count(), items=receipts_of(list(page)))


def listed_deliveries(actor: Actor, *, feed: str) -> QuerySet[Delivery]:
    """The rows of that list in its order."""
    rows = _deliveries(actor)
    if feed:
        rows = rows.filter(feed__code=feed)
    return rows.order_by("-received_at", "-id")


def receipt(actor: Actor, delivery: str) -> ReceiptRecord:
    """The receipt of a delivery as it stands now."""
    return receipt_of(_delivery(actor, delivery))


def errors_file(actor: Actor, delivery: str) -> tuple[str, bytes]:
    """The rows in error as the department sent them, with what is wrong: (file name, xlsx). An export: recorded.

    Where another than that department takes it, it is a look at everybody whom the rows mean.
    """
    row = _delivery(actor, delivery)
    faults = list(row.faults.order_by("row", "id"))
    sent = read_batch(BatchFile(**row.raw))
    column_of = {
        sent_as(element, second=column in row.second_columns): column
        for column, element in row.columns.items()
    }
    there = [name for name in sent.column_names if name in column_of]
    data = sent.select(there).rename_columns([column_of[name] for name in there])
    table = Table(
        file=row.file_name,
        sheet=_("rows in error"),
        data=data,
        row_numbers=sent.column(ROW).to_numpy().astype("int64"),
    )
    errors = [
        RowError(
            row.file_name,
            None,
            f.row,
            f.column or None,
            None,
            f.code,
            unpacked(f.expected),
            unpacked(f.advice),
        )
        for f in faults
    ]
    buffer = io.BytesIO()
    sheet = row_error_sheet(table, errors, title=_("what is wrong"), say=in_row)
    write_xlsx(buffer, [sheet])
    with transaction.atomic():
        if row.feed.department not in actors.departments_of(actor):
            _look_at_rows(actor, row, {f.row for f in faults})
        trail.record(
            by=actor,
            verb="hub.errors_file",
            object_kind="delivery",
            object_id=delivery,
            details={"rows": row.bad_rows, "elements": sorted(row.columns.values())},
        )
    return f"{Path(row.file_name).stem} - {table.sheet}.xlsx", buffer.getvalue()


def _look_at_rows(actor: Actor, delivery: Delivery, rows: set[int | None]) -> None:
    """Whoever isn't of the department that sent these rows sees persons in them, in clear: a look at each that they mean."""
    meant = people.links(actors.system("data_day"), batch=str(delivery.uid))
    trail.look(
        by=actor,
        subjects={str(one.person) for one in meant if one.row in rows},
        elements=delivery.columns.values(),
        purpose=delivery.feed.agreement.purpose,
        post=policy.post_of(actor, "hub.see"),
        verb="export",
    )


def links_file(actor: Actor, feed: str) -> tuple[str, bytes]:
    """Which person each row of a feed means, by opaque ids: (file name, xlsx). For auditing the linker; recorded."""
    scope(actor, "hub.link")
    files = {str(d.uid): d.file_name for d in Delivery.objects.filter(feed__code=feed)}
    lines = [
        [files.get(one.batch, ""), one.row, one.person, one.probability, one.decided_by, one.part]
        for one in people.links(actor, feed=feed)
    ]
    buffer = io.BytesIO()
    write_xlsx(
        buffer, [Sheet("links", ["file", "row", "person", "probability", "decided_by", "part"], lines)]
    )
    with transaction.atomic():
        trail.record(
            by=actor, verb="hub.links_file", object_kind="feed", object_id=feed, details={"rows": len(lines)}
        )
    return f"{feed}-links.xlsx", buffer.getvalue()


def unsure_pairs(
    actor: Actor, *, state: str = "open", feed: str = "", limit: int = 50, offset: int = 0
) -> PairPage:
    """Pairs that people decide, the likeliest first."""
    rows = listed_pairs(actor, state=state, feed=feed)
    return PairPage(
        total=rows.count(), items=[pair_of(row) for row in rows[offset : offset + min(limit, 200)]]
    )


def listed_pairs(actor: Actor, *, state: str, feed: str) -> QuerySet[UnsurePair]:
    """The rows of that list in its order: its pages and its file are cut from these."""
    scope(actor, "hub.review")
    rows = UnsurePair.objects.select_related("delivery__feed").filter(state=state)
    if feed:
        rows = rows.filter(delivery__feed__code=feed)
    return rows.order_by("-probability", "id")


def pair(actor: Actor, uid: str) -> PairOpened:
    """A pair with both sides to compare; opening it is a look at the person, and recorded."""
    scope(actor, "hub.review")
    row = UnsurePair.objects.select_related("delivery__feed").filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_pair", _("There is no such pair."))
    return pairs.opened(actor, row)


def pair_without_fields(actor: Actor, uid: str) -> PairRecord:
    """A pair as it stands in the list: nobody is looked at."""
    scope(actor, "hub.review")
    row = UnsurePair.objects.select_related("delivery__feed").filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_pair", _("There is no such pair."))
    return pair_of(row)


def return_feed(
    actor: Actor, *, department: str = "", kind: str = "", limit: int = 50, offset: int = 0
) -> ReturnPage:
    """What goes back to the actor's departments, newest first."""
    rows = _returns(actor, department, kind)
    page = rows.order_by("-at", "-id")[offset : offset + min(limit, 200)]
    return ReturnPage(total=rows.count(), items=[_returned(row) for row in page])


def return_file(actor: Actor, *, department: str = "", kind: str = "") -> tuple[str, bytes]:
    """The return feed as a file for the department's own system. An export: recorded, and a look at everybody in it."""
    rows = list(_returns(actor, department, kind).order_by("at", "id"))
    columns: list[Column[ReturnRow]] = [
        Column(_("Kind"), lambda r: r.kind), Column(_("Feed"), lambda r: r.feed), Column(_("Row"), lambda r: r.row),
        Column(_("Person in the row"), lambda r: r.part), Column(_("Programme"), lambda r: r.programme),
        Column(_("Outcome"), lambda r: r.outcome), Column(_("Element"), lambda r: r.element),
        Column(_("Value sent"), lambda r: r.said), Column(_("Value found"), lambda r: r.value),
        Column(_("Found by"), lambda r: r.source), Column(_("Task"), lambda r: r.task),
        Column(_("Moment"), lambda r: r.at.isoformat()),
    ]  # fmt: skip
    # No title above the headings: another system reads it.
    book = workbook("回流", columns, rows, filters={"department": department, "kind": kind}, titled=False)
    with transaction.atomic():
        trail.look(
            by=actor,
            subjects={r.person for r in rows},
            elements={r.element for r in rows if r.element} or {"outcome"},
            purpose="return_feed",
            post=",".join(actors.departments_of(actor)),
            verb="export",
        )
        content = export(book, by=actor, verb="hub.return_file", of="department", which=department)
    return "return-feed.xlsx", content


def _returned(row: ReturnRow) -> ReturnRecord:
    return ReturnRecord(
        uid=str(row.uid),
        kind=row.kind,
        at=row.at,
        feed=row.feed,
        row=row.row,
        part=row.part,
        programme=row.programme,
        outcome=row.outcome,
        element=row.element,
        said=row.said,
        value=row.value,
        source=row.source,
        task=row.task,
    )


def _returns(actor: Actor, department: str, kind: str) -> QuerySet[ReturnRow]:
    rows = scope(actor, "hub.return").rows(ReturnRow.objects.all(), department="department")
    if department:
        rows = rows.filter(department=department)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(_agreed(rows))


def _agreed(rows: QuerySet[ReturnRow]) -> Q:
    """Outcomes, and corrections of elements that an agreement "out" covers today: when it ends, so do they."""
    departments = rows.order_by().values_list("department", flat=True).distinct()
    agreed = Q(kind="outcome")
    for code, elements in agreed_out(departments).items():
        agreed |= Q(department=code, element__in=elements)
    return agreed


def _deliveries(actor: Actor) -> QuerySet[Delivery]:
    return scope(actor, "hub.see").rows(
        Delivery.objects.select_related("feed"), department="feed__department"
    )


def _delivery(actor: Actor, uid: str) -> Delivery:
    row = _deliveries(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_delivery", _("There is no such delivery."))
    return row
