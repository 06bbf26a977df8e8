"""The hub's lists as workbooks. None of them names a person: pairs go out by opaque ids, opened by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wangge.platform.access import queries as access
from wangge.platform.access.labels import chosen
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import UnknownElement, element
from wangge.work.hub import queries
from wangge.work.hub.records import AgreementRecord, FeedRecord, PairRecord, ReceiptRecord
from wangge.work.hub.shown import pair_of, receipts_of

AT_ONCE = 500


def agreements(
    actor: Actor, *, department: str = "", direction: str = "", force: bool | None = None
) -> bytes:
    """The filtered agreements as xlsx."""
    named = access.department_words(actor)
    columns: list[Column[AgreementRecord]] = [
        Column(_("Department"), lambda one: named.get(one.department, one.department)),
        Column(_("Direction"), lambda one: _("in") if one.direction == "in" else _("out")),
        Column(_("Purpose"), lambda one: one.purpose),
        Column(_("Elements"), lambda one: [_element(code) for code in one.elements]),
        Column(_("Document"), lambda one: one.document),
        Column(_("From"), lambda one: one.from_on),
        Column(_("Until"), lambda one: one.to_on),
        Column(_("In force"), lambda one: one.in_force),
    ]
    asked = {"department": department, "direction": direction, "force": force}
    rows = queries.agreements(actor, department=department, direction=direction, force=force)
    book = workbook(_("Agreements"), columns, rows, filters=asked)
    return export(book, by=actor, verb="hub.export_agreements", of="agreements")


def feeds(actor: Actor) -> bytes:
    """The feeds as xlsx, with the age and quality of their last delivery."""
    named = access.department_words(actor)
    columns: list[Column[FeedRecord]] = [
        Column(_("Feed"), lambda one: chosen(one.name_zh, one.name_en)),
        Column(_("Code"), lambda one: one.code),
        Column(_("Department"), lambda one: named.get(one.department, one.department)),
        Column(_("Needs somebody"), lambda one: one.needs_somebody),
        Column(_("Last delivery"), lambda one: one.last_at),
        Column(_("Deliveries"), lambda one: one.deliveries),
        Column(_("Share in error"), lambda one: one.last_bad_share),
        Column(_("Columns mapped"), lambda one: one.mapped),
        Column(_("Agreement in force"), lambda one: one.in_force),
    ]
    book = workbook(_("Feeds"), columns, queries.feeds(actor))
    return export(book, by=actor, verb="hub.export_feeds", of="feeds")


def deliveries(actor: Actor, *, feed: str = "") -> bytes:
    """The receipts of deliveries as xlsx, newest first."""
    columns: list[Column[ReceiptRecord]] = [
        Column(_("Feed"), lambda one: one.feed),
        Column(_("File"), lambda one: one.file_name),
        Column(_("Received at"), lambda one: one.received_at),
        Column(_("State"), lambda one: one.state),
        Column(_("Rows"), lambda one: one.rows),
        Column(_("Rows in error"), lambda one: one.bad_rows),
        Column(_("Rows linked"), lambda one: one.linked_rows),
        Column(_("Rows that found nobody"), lambda one: one.unlinked_rows),
        Column(_("New persons"), lambda one: one.new_persons),
        Column(_("Unsure pairs"), lambda one: one.unsure_pairs),
        Column(_("Columns refused"), lambda one: [held.column for held in one.refused_columns]),
    ]
    book = workbook(_("Deliveries"), columns, _receipts(actor, feed), filters={"feed": feed})
    return export(book, by=actor, verb="hub.export_deliveries", of="deliveries")


def pairs(actor: Actor, *, state: str = "open", feed: str = "") -> bytes:
    """The pairs that people decide as xlsx, the likeliest first: which row, which person by id, and what speaks for it."""
    columns: list[Column[PairRecord]] = [
        Column(_("Feed"), lambda one: one.feed),
        Column(_("Row"), lambda one: one.row),
        Column(_("Person in the row"), lambda one: one.part),
        Column(_("Person"), lambda one: one.person),
        Column(_("Probability"), lambda one: round(one.probability, 4)),
        Column(_("Speaks against"), lambda one: one.veto),
        Column(_("Weights"), lambda one: [f"{held.field} {held.weight:+.1f}" for held in one.weights]),
        Column(_("State"), lambda one: one.state),
    ]
    rows = (
        pair_of(row) for row in queries.listed_pairs(actor, state=state, feed=feed).iterator(chunk_size=2000)
    )
    book = workbook(_("Unsure pairs"), columns, rows, filters={"state": state, "feed": feed})
    return export(book, by=actor, verb="hub.export_pairs", of="pairs")


def _receipts(actor: Actor, feed: str) -> Iterator[ReceiptRecord]:
    rows = queries.listed_deliveries(actor, feed=feed)
    for start in range(0, rows.count(), AT_ONCE):
        yield from receipts_of(list(rows[start : start + AT_ONCE]))


def _element(code: str) -> str:
    try:
        return chosen(element(code).zh, element(code).en)
    except UnknownElement:
        return code
