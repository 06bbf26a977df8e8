"""Folding statements into persons' rows: read the rows, fold each element, write what changed. Call inside a transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from wangge.ground.registry import fold, identity, sequence, writing
from wangge.ground.registry.fold import Dispute, Fact, Value
from wangge.ground.registry.models import INDEX_COLUMNS, Dissent, Person
from wangge.ground.registry.sources import Said, compact, contested, read, written
from wangge.ground.registry.values import context_of, of_text, to_text, token
from wangge.platform.elements.registry import element
from wangge.platform.stores.sealing import blind_index_column, seal_column

READY = frozenset({"sources", *INDEX_COLUMNS, *INDEX_COLUMNS.values()})
"""Columns that are written in the database's own form: sealed and indexed a column at a time."""


class Raised(NamedTuple):
    """A dispute that a statement raised."""

    row: Row
    element: str
    dispute: Dispute


class Row:
    """A person's row as it is being folded: the facts of the elements that were asked for, and who said what."""

    __slots__ = (
        "_said",
        "_text",
        "changed",
        "dissents",
        "key",
        "split",
        "touched",
        "uid",
        "values",
        "version",
    )

    def __init__(self, key: int, uid: str, version: int, text: str, values: dict[str, Value]) -> None:
        self.key, self.uid, self.version, self.values = key, uid, version, values
        self._text: str | None = text
        self._said: Said | None = None
        self.dissents: dict[str, dict[str, Value]] = {}
        self.changed: set[str] = set()
        self.split: set[str] = set()
        self.touched = False

    @property
    def said(self) -> Said:
        """Who said what, by element."""
        if self._said is None:
            self._said = read(self._text or "[]")
        return self._said

    @property
    def text(self) -> str:
        """The same as the column holds it."""
        if self._text is None:
            self._text = written(self.said)
        return self._text

    def fact(self, code: str) -> Fact:
        """The fact of one element."""
        return Fact(self.values.get(code), self.said.get(code, ()), self.dissents.get(code, {}))

    def put(self, code: str, fact: Fact) -> None:
        """Put a new fact in its place."""
        if fact.value != self.values.get(code):
            self.changed.add(code)
        if fact.dissents != self.dissents.get(code, {}):
            self.split.add(code)
        self.touched = True
        self.values[code], self.said[code], self.dissents[code] = (
            fact.value,
            fact.statements,
            dict(fact.dissents),
        )
        self._text = None

    def hear(self, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> list[Raised]:
        """Fold what one voice said of several elements at a moment; returns the disputes that this raises."""
        if self._text is not None and self._heard_plainly(self._text, voice, at, ref, values):
            return []
        raised = []
        for code, value in values.items():
            authority = element(code).authority
            fact, disputes = fold.fold(
                self.fact(code), fold.said(voice, value, at, ref), authority=authority, token=token
            )
            self.put(code, fact)
            raised += [Raised(self, code, dispute) for dispute in disputes]
        return raised

    def _heard_plainly(self, text: str, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> bool:
        """The fold of what contradicts nothing, done on the column's text itself; False where it isn't as plain as that.

        Nine rows in ten are: nobody ever differed (no token in the text), each value is new or the one that stands, and the
        voice either speaks for the first time or says of the same elements what it said before.
        """
        fresh = [
            code for code, value in values.items() if self.values[code] is None and f'"{code}"' not in text
        ]
        if (
            contested(text)
            or any(self.values[c] != v for c, v in values.items() if c not in fresh)
            or None in values.values()
        ):
            return False
        if f'["{voice}",' not in text:
            new = compact([voice, ref, at, at, *sorted(values)])
            self._text = f"[{new}]" if text == "[]" else f"{text[:-1]},{new}]"
        elif not self._said_again(text, voice, at, ref, values):
            return False
        self._said, self.touched = None, True
        self.changed.update(fresh)
        for code in fresh:
            self.values[code] = values[code]
        return True

    def _said_again(self, text: str, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> bool:
        groups = json.loads(text)
        own = [group for group in groups if group[0] == voice]
        if len(own) != 1 or set(own[0][4:]) != set(values):
            return False
        _, known, first, last = own[0][:4]
        last, ref = max((last, known), (at, ref))
        own[0][1:4] = [ref, min(first, at), last]
        self._text = compact(groups)
        return True


class Addressed(NamedTuple):
    """The row that stands for an id today, and the rows beside it that hear what is said under that id.

    After a merge what is said of either is heard by the one who stands for both, and by the row that is that one's own: so a
    split gives everybody what is theirs.
    """

    key: int
    row: Row
    also: tuple[Row, ...]

    def hear(self, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> list[Raised]:
        """``Row.hear`` by all of them; the disputes are those of the row that stands."""
        for other in self.also:
            other.hear(voice, at, ref, values)
        return self.row.hear(voice, at, ref, values)


def rows_of(uids: Collection[str], codes: Collection[str]) -> dict[str, Addressed]:
    """Rows by id, of whoever stands for each id today. Raises ``NotFound`` if one is unknown."""
    asked = {identity.parsed(uid): uid for uid in uids}
    found, beside = _select("uid", list(asked), codes)
    by_uid = {row.uid: row for row in found.values()}
    if len(by_uid) < len(asked):
        raise identity.no_such_person()
    more: dict[int, Row] = {}
    wanted = {key for keys in beside.values() for key in keys if key}
    while wanted - more.keys():
        rows, further = _select("id", sorted(wanted - more.keys()), codes)
        more |= {key: found.get(key, row) for key, row in rows.items()}
        beside |= further
        wanted |= {into for into, _own in further.values() if into}
    return {uid: _addressed(by_uid[str(one)], {**more, **found}, beside) for one, uid in asked.items()}


def _addressed(row: Row, rows: Mapping[int, Row], beside: Mapping[int, tuple[int, int]]) -> Addressed:
    """``beside``: key → (merged into, own), 0 for neither."""
    also = []
    at = row
    if own := beside.get(row.key, (0, 0))[1]:
        also.append(rows[own])
    while into := beside.get(at.key, (0, 0))[0]:
        also.append(at)
        at = rows[into]
    return Addressed(row.key, at, tuple(also))


def everyone(addressed: Iterable[Addressed]) -> Iterable[Row]:
    """All their rows, once each."""
    return {row.key: row for one in addressed for row in (one.row, *one.also)}.values()


def load(keys: Collection[int], codes: Collection[str]) -> dict[int, Row]:
    """Rows by key, with the facts of these elements."""
    return _select("id", list(keys), codes)[0]


def write(rows: Iterable[Row]) -> list[str]:
    """Write sources, changed facts with their indexes and the places of the changes, and dissents.

    Returns the ids of the persons of whom a fact has another value now, in the order of the changes.
    """
    touched = [row for row in rows if row.touched]
    changed = [row for row in touched if row.changed]
    place = sequence.take(len(changed)) if changed else 0
    values: dict[int, dict[str, Any]] = {row.key: {"sources": row.text} for row in touched}
    for n, row in enumerate(changed):
        row.version += 1
        values[row.key].update((code, row.values[code]) for code in sorted(row.changed))
        values[row.key] |= {"version": row.version, "changed_seq": place + n}
    _seal(changed, values)
    writing.update(Person, values.items(), ready=READY)
    _write_dissents([row for row in touched if row.split])
    return [row.uid for row in changed]


def _select(
    where: str, keys: list[Any], codes: Collection[str]
) -> tuple[dict[int, Row], dict[int, tuple[int, int]]]:
    columns = sorted(codes)
    found = writing.select(
        Person, ["id", "uid", "version", "sources", "merged_into", "own", *columns], where, keys
    )
    if not found:
        return {}, {}
    key, uid, version, sources, into, own, *values = zip(*found, strict=True)
    facts = [writing.converted(code, column) for code, column in zip(columns, values, strict=True)]
    rows = {
        key[i]: Row(key[i], writing.uid_out(uid[i]), version[i], sources[i], {c: f[i] for c, f in zip(columns, facts, strict=True)})
        for i in range(len(found))
    }  # fmt: skip
    differing_in = [one for one, row in rows.items() if contested(row.text)]
    if differing_in:
        differing = Dissent.objects.filter(person__in=differing_in, element__in=columns)
        for one, code, voice, text in differing.values_list("person_id", "element", "voice", "value"):
            rows[one].dissents.setdefault(code, {})[voice] = of_text(code, text)
    beside = {key[i]: (into[i] or 0, own[i] or 0) for i in range(len(found)) if into[i] or own[i]}
    return rows, beside


def _seal(rows: list[Row], values: dict[int, dict[str, Any]]) -> None:
    for code, column in INDEX_COLUMNS.items():
        having = [row for row in rows if code in row.changed]
        texts = [to_text(row.values[code]) for row in having]
        sealed = seal_column(texts, context_of(code))
        for row, text, index in zip(having, sealed, blind_index_column(texts, context_of(code)), strict=True):
            values[row.key] |= {code: text, column: index}


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
