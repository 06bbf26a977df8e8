"""Owners and tenants: dated relations to dwellings, as the rows of a file that names them say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from wangge.ground.registry import actions as registry
from wangge.ground.registry import queries as people
from wangge.ground.registry.records import ResidenceIn
from wangge.platform.audit.actor import Actor
from wangge.work.hub.models import Delivery


def derive(row: Delivery, facts: pa.Table, by: Actor) -> None:
    """Write the relations that these linked lines say; one that holds already is left as it is. In the fold's transaction.

    A tenancy has the first and the last day that the row gives; an owner's row gives none. Standardising has left out what
    the agreement doesn't cover.
    """
    if "relation" not in facts.column_names:
        return
    said = [one for one in facts.to_pylist() if one["relation"] and one["related"]]
    known = people.related(sorted({one["person"] for one in said})) if said else set()
    rows = [
        _residence(row, one) for one in said if (one["person"], one["related"], one["relation"]) not in known
    ]
    if rows:
        registry.load_residences(rows=rows, by=by)


def _residence(row: Delivery, one: dict[str, Any]) -> ResidenceIn:
    first, last = _days(one)
    return ResidenceIn(one["person"], one["related"], one["relation"], first, last, row.feed.department)


def _days(one: dict[str, Any]) -> tuple[date | None, date | None]:
    """First day, and the first day after it ended; an end before the beginning is none."""
    first, last = one.get("tenancy_from"), one.get("tenancy_to")
    if one["relation"] != "tenant" or (first and last and last < first):
        return (first if one["relation"] == "tenant" else None), None
    return first, last + timedelta(days=1) if last else None
