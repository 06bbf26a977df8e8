"""Persons' rows out of the database and back: read what is to be folded, write what changed. Call inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from wangge.ground.registry import sequence, writing
from wangge.ground.registry.models import INDEX_COLUMNS, Dissent, Person
from wangge.ground.registry.rows import Row
from wangge.ground.registry.sources import contested
from wangge.ground.registry.values import context_of, of_text, to_text
from wangge.platform.stores.sealing import blind_index_column, seal_column

READY = frozenset({"sources", *INDEX_COLUMNS, *INDEX_COLUMNS.values()})
"""Columns that are written in the database's own form: sealed and indexed a column at a time."""


def load(keys: Collection[int], codes: Collection[str]) -> dict[int, Row]:
    """Rows by key, with the facts of these elements."""
    return select("id", list(keys), codes)[0]


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


def select(
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
    writing.delete(Dissent, ["person", "element"], [(row.key, code) for row in rows for code in row.split])
    writing.insert(
        Dissent,
        ["person", "element", "voice", "value"],
        (
            (row.key, code, voice, to_text(value))
            for row in rows
            for code in sorted(row.split)
            for voice, value in sorted(row.dissents[code].items())
        ),
    )
