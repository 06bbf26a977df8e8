"""Proposing what a department's columns hold, by their names alone. A person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import PurePath
from typing import IO

import yaml
from django.db import transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from wangge.cores.tables.previewing import preview
from wangge.cores.tables.reading import read_table
from wangge.platform.access.labels import chosen
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.elements import registry
from wangge.work.hub.agreements import feed_of
from wangge.work.hub.columns_in import red_line
from wangge.work.hub.models import Feed
from wangge.work.hub.records import MappedColumn, MappingProposal, SecondPerson
from wangge.work.hub.sheets import shown_sheet

ENOUGH = 0.6


@cache
def _known_names() -> dict[str, str]:
    """Names under which departments are known to send an element: folded name → element."""
    text = resources.files(__package__).joinpath("column_names.yaml").read_text(encoding="utf-8")
    known = {_folded(name): element for element, names in yaml.safe_load(text).items() for name in names}
    for one in registry.elements().values():
        known.setdefault(_folded(one.zh), one.code)
        known.setdefault(_folded(one.en), one.code)
        known.setdefault(_folded(one.code), one.code)
    return known


def propose_mapping(*, feed: str, file: IO[bytes], name: str, by: Actor) -> MappingProposal:
    """What the columns of a sample file probably hold, with its first lines. Nothing of the file is kept."""
    scope(by, "hub.map")
    row, content, called = feed_of(feed), file.read(), PurePath(name).name
    table = read_table(content, name=called)
    crossed = [found for found in map(red_line, table.columns) if found is not None]
    clean = [column for column in table.columns if column not in {c.column for c in crossed}]
    confirmed = {one.column: one for one in confirmed_mapping(row)}
    new = [column for column in clean if column not in confirmed]
    proposed = {one.column: one for one in propose(new, row.agreement.elements)}
    columns = [confirmed.get(column) or proposed[column] for column in clean]
    seen = preview(content, name=called)
    with transaction.atomic():
        trail.record(
            by=by, verb="hub.propose", object_kind="feed", object_id=feed,
            details={"rows": len(table), "refused": [one.column for one in crossed]},
        )  # fmt: skip
    return MappingProposal(
        feed=feed,
        header_row=int(table.row_numbers[0]) - 1 if len(table) else None,
        columns=columns,
        refused=crossed,
        rows=len(table),
        second=second_of(row),
        sheet=seen
        and shown_sheet(seen, {one.column: one.element for one in columns}, frozenset(table.columns)),
    )


def confirmed_mapping(feed: Feed) -> list[MappedColumn]:
    """What somebody said that the feed's columns hold."""
    return [
        MappedColumn(
            column=m.column, element=m.element, confidence=1.0, reason=_("confirmed"), part=m.part, values=m.values
        )
        for m in feed.mapping.order_by("id")
    ]  # fmt: skip


def second_of(feed: Feed) -> SecondPerson | None:
    """What the confirmed mapping says of a row's second person, with its columns."""
    columns = dict(feed.mapping.filter(part=2).values_list("column", "element"))
    return SecondPerson(**feed.second, columns=columns) if feed.second else None


def propose(columns: Iterable[str], agreed: Sequence[str]) -> list[MappedColumn]:
    """For each column the most likely agreed element, or none; an element is proposed once, where it is likeliest."""
    ranked = sorted(
        ((score, column, element) for column in columns for element, score in _scores(column, agreed)),
        reverse=True,
    )
    likeliest: dict[str, tuple[str, float]] = {}
    for score, column, element in ranked:
        if (
            score >= ENOUGH
            and column not in likeliest
            and element not in {e for e, _score in likeliest.values()}
        ):
            likeliest[column] = (element, score)
    return [
        MappedColumn(
            column=column,
            element=likeliest[column][0],
            confidence=round(likeliest[column][1], 2),
            reason=f"{column} ≈ {_called(likeliest[column][0])}",
        )
        if column in likeliest
        else MappedColumn(column=column, element="", confidence=0.0, reason="")
        for column in columns
    ]


def _called(element: str) -> str:
    one = registry.element(element)
    return chosen(one.zh, one.en)


def _scores(column: str, agreed: Sequence[str]) -> list[tuple[str, float]]:
    """How well a column's name fits each agreed element: exact names 1, near ones by their likeness."""
    best: dict[str, float] = {}
    levels = {_folded(column), _folded(column.rsplit("/", 1)[-1])}
    for name, element in _known_names().items():
        if element not in agreed:
            continue
        likeness = max(1.0 if level == name else 0.95 * fuzz.ratio(level, name) / 100 for level in levels)
        best[element] = max(best.get(element, 0.0), likeness)
    return list(best.items())


def _folded(name: str) -> str:
    return re.sub(r"[\s_（）()：:／/·*\-]+", "", name).casefold()
