"""What a department's rows would change, found by folding them in memory: nothing is written, and values are masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from wangge.ground.registry import hearing
from wangge.ground.registry.conflicts import seconds
from wangge.ground.registry.linking import Chunk
from wangge.ground.registry.statements import Value
from wangge.ground.registry.tokens import tokens_of
from wangge.ground.registry.values import to_text
from wangge.platform.access import policy
from wangge.platform.access.masks import mask
from wangge.platform.audit.actor import Actor

if TYPE_CHECKING:
    import pyarrow as pa

Verdict = Literal["new", "changed", "same", "kept"]
UNWRITTEN = 0
"""The reference of a row that has none: its batch is never written."""


class Foreseen(NamedTuple):
    """What one value of one line would do. ``held`` and ``offered`` are masked texts; ``alike``: they differ in what is masked.

    ``new``: nothing was held; ``changed``: the value would stand; ``same``: it is held already; ``kept``: another value stands,
    and the two go to whoever settles it.
    """

    line: int
    element: str
    verdict: Verdict
    held: str | None
    offered: str | None
    alike: bool


def foresee(
    actor: Actor, *, feed: str, department: str, rows: pa.Table, observed_at: datetime
) -> list[Foreseen]:
    """What ``actions.fold_rows`` would make of these rows (at most 2,000), line by line. Raises as it does; nothing is written."""
    policy.require(actor, "registry.manage")
    chunk = Chunk(feed=feed, department=department, batch="", rows=rows, observed_at=observed_at)
    persons = chunk.columns["person"]
    known = hearing.rows_of(set(persons), chunk.elements)
    return [
        one
        for i, uid in enumerate(persons)
        for one in _heard(known[uid], department, seconds(observed_at), chunk.rows[i], chunk.said(i))
    ]


def _heard(
    whose: hearing.Addressed, voice: str, at: int, line: int, said: dict[str, Value]
) -> Iterator[Foreseen]:
    before = {code: whose.row.values.get(code) for code in said}
    whose.hear(voice, at, UNWRITTEN, said)
    for code, offered in said.items():
        held, stands = before[code], whose.row.values.get(code)
        shown = [mask(code, to_text(value)) for value in (held, offered)]
        masked = [None if one is None else str(one) for one in shown]
        verdict = _verdict(code, held, offered, stands)
        differ = verdict in ("changed", "kept")
        yield Foreseen(line, code, verdict, masked[0], masked[1], differ and masked[0] == masked[1])


def _verdict(code: str, held: Value, offered: Value, stands: Value) -> Verdict:
    if held is None:
        return "new"
    token = tokens_of(code)
    mine = token(held, ())
    if held == offered or token(offered, (mine,)) == mine:
        return "same"
    return "kept" if stands == held else "changed"
