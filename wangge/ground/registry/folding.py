"""Folding statements into persons' rows: read the rows, fold each element, write what changed. Call inside a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wangge.ground.registry import fold, sequence, writing
from wangge.ground.registry.fold import Dispute, Fact, Value
from wangge.ground.registry.models import INDEX_COLUMNS, Dissent, Person
from wangge.ground.registry.sources import Said, read, written
from wangge.ground.registry.values import context_of, to_text, token
from wangge.ground.registry.values import of_text as value_of
from wangge.platform.elements.registry import element
from wangge.platform.stores.sealing import blind_index_column


class Offered(NamedTuple):
    """A statement about a person (by key): its value is canonical (``values.canonical``)."""

    person: int
    element: str
    value: Value
    voice: str
    at: int
    ref: int


@dataclass(slots=True)
class Row:
    """A person's row as it is being folded."""

    key: int
    uid: str
    version: int
    said: Said
    values: dict[str, Value]
    dissents: dict[str, dict[str, Value]]
    changed: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    split: set[str] = field(default_factory=set)

    def fact(self, code: str) -> Fact:
        """The fact of one element."""
        return Fact(self.values.get(code), self.said.get(code, ()), self.dissents.get(code, {}))

    def put(self, code: str, fact: Fact) -> None:
        """Put a new fact in its place."""
        if fact.value != self.values.get(code):
            self.changed.add(code)
        if fact.dissents != self.dissents.get(code, {}):
            self.split.add(code)
        self.touched.add(code)
        self.values[code], self.said[code], self.dissents[code] = (
            fact.value,
            fact.statements,
            dict(fact.dissents),
        )


@dataclass(frozen=True)
class Folded:
    """What a run of the fold did: the rows, and the disputes raised by each statement that raised some."""

    rows: dict[int, Row]
    disputes: list[tuple[Row, Offered, Dispute]]

    @property
    def changed(self) -> list[str]:
        """Ids of the persons of whom a fact has another value now."""
        return [row.uid for row in self.rows.values() if row.changed]


def fold_offers(offers: Collection[Offered], rows: dict[int, Row] | None = None) -> Folded:
    """Fold statements in the order given and write the rows (loaded before by the caller, or here)."""
    if rows is None:
        rows = load({o.person for o in offers}, {o.element for o in offers})
    authority = {code: element(code).authority for code in {o.element for o in offers}}
    raised: list[tuple[Row, Offered, Dispute]] = []
    for offer in offers:
        row, code = rows[offer.person], offer.element
        new = fold.said(offer.voice, offer.value, offer.at, offer.ref)
        fact, disputes = fold.fold(row.fact(code), new, authority=authority[code], token=token)
        row.put(code, fact)
        raised += ((row, offer, dispute) for dispute in disputes)
    write(rows.values())
    return Folded(rows, raised)


def load(keys: Collection[int], codes: Collection[str]) -> dict[int, Row]:
    """Rows of persons by key, with the facts of these elements."""
    columns = sorted(codes)
    found = Person.objects.select_for_update().filter(pk__in=keys)
    rows = {
        key: Row(
            key, str(uid), version, read(sources), dict(zip(columns, values, strict=True)), defaultdict(dict)
        )
        for key, uid, version, sources, *values in found.values_list(
            "pk", "uid", "version", "sources", *columns
        )
    }
    differing = Dissent.objects.filter(person__in=keys, element__in=columns)
    for key, code, voice, text in differing.values_list("person_id", "element", "voice", "value"):
        rows[key].dissents[code][voice] = value_of(code, text)
    return rows


def write(rows: Iterable[Row]) -> None:
    """Write sources, changed facts with their blind indexes, the place of the change, and dissents."""
    touched = [row for row in rows if row.touched]
    changed = [row for row in touched if row.changed]
    place = sequence.take(len(changed)) if changed else 0
    values: dict[int, dict[str, Any]] = {row.key: {"sources": written(row.said)} for row in touched}
    for n, row in enumerate(changed):
        row.version += 1
        facts = {code: row.values[code] for code in sorted(row.changed)}
        values[row.key] |= {**facts, "version": row.version, "changed_seq": place + n}
    _index(changed, values)
    writing.update(Person, values.items())
    _write_dissents([row for row in touched if row.split])


def _index(rows: list[Row], values: dict[int, dict[str, Any]]) -> None:
    for code, column in INDEX_COLUMNS.items():
        having = [row for row in rows if code in row.changed]
        texts = [to_text(row.values[code]) for row in having]
        for row, index in zip(having, blind_index_column(texts, context_of(code)), strict=True):
            values[row.key][column] = index


def _write_dissents(rows: list[Row]) -> None:
    if not rows:
        return
    for row in rows:
        Dissent.objects.filter(person=row.key, element__in=row.split).delete()
    Dissent.objects.bulk_create(
        [
            Dissent(person_id=row.key, element=code, voice=voice, value=to_text(value))
            for row in rows
            for code in sorted(row.split)
            for voice, value in sorted(row.dissents[code].items())
        ],
        batch_size=150,
    )
