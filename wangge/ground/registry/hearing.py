"""Who hears what is said of a person: the row that stands for them today, and the rows beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from wangge.ground.registry import identity
from wangge.ground.registry.folding import select
from wangge.ground.registry.rows import Raised, Row
from wangge.ground.registry.statements import Value


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
    found, beside = select("uid", list(asked), codes)
    by_uid = {row.uid: row for row in found.values()}
    if len(by_uid) < len(asked):
        raise identity.no_such_person()
    more: dict[int, Row] = {}
    wanted = {key for keys in beside.values() for key in keys if key}
    while wanted - more.keys():
        rows, further = select("id", sorted(wanted - more.keys()), codes)
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
