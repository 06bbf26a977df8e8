"""The registry's fold: what several voices say about one element of one person becomes one fact. Pure: no database, no clock.

A *voice* is a department, or one of the four that start with ``@``. For each voice and each value the fold keeps when the
voice first and last said so; that is all it needs, and it grows by minimum and maximum only. So the order in which
statements arrive doesn't matter, and a statement that arrives twice changes nothing.

From what was said the fact follows by three rules (``settling``):

1. What was found at the door under a task stands, until a voice says something new: *new* is what the voice has been saying
   only since after that visit. A department that goes on exporting its old value says nothing new.
2. Else the authority's value stands (一数一源).
3. Else the newest value stands; it is ``unconfirmed`` while another voice says otherwise.

A department's claim counts from the moment since which it has been saying so without a break, so that monthly exports of
two departments that differ don't make a fact flip to and fro. What somebody saw counts from when it was last seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from wangge.ground.registry.settling import claims_of, raised, settle
from wangge.ground.registry.statements import HELD, Dispute, Fact, Statement, Token, Value


def said(voice: str, value: Value, at: int, ref: int) -> Fact:
    """The fact if this statement were all there is."""
    return Fact(value, (Statement(voice, HELD, at, at, ref),))


def fold(fact: Fact, offered: Fact, *, authority: str, token: Token) -> tuple[Fact, list[Dispute]]:
    """The fact after one more statement (made by ``said``), and the disputes that this statement raises.

    The same statement raises the same disputes again while they last; a repeated value raises none.
    """
    if not fact.statements:
        return offered, []
    new = offered.statements[0]
    if fact.value == offered.value and not fact.dissents and _unanimous(fact.statements):
        return Fact(fact.value, _heard(fact.statements, (new,))), []
    after = join(fact, offered, authority=authority, token=token)
    return after, raised(after, new, authority)


def join(one: Fact, other: Fact, *, authority: str, token: Token) -> Fact:
    """All that either knows, as one fact. Commutative, associative and idempotent."""
    if not one.statements or not other.statements:
        return one if one.statements else other
    known = {s.token for s in (*one.statements, *other.statements)}
    mine = _spelled(one, token(one.value, known))
    theirs = _spelled(other, token(other.value, {*known, *(s.token for s in mine.statements)}))
    values = _values(mine)
    for spelling, value in _values(theirs).items():
        values[spelling] = _fuller(values[spelling], value) if spelling in values else value
    statements = _heard(mine.statements, theirs.statements)
    claims = claims_of(statements)
    winner, _ = settle(claims, authority)
    return Fact(
        values[winner.token],
        tuple(s._replace(token=HELD) if s.token == winner.token else s for s in statements),
        {c.voice: values[c.token] for c in claims.values() if c.token != winner.token},
    )


def _unanimous(statements: Iterable[Statement]) -> bool:
    return all(s.token == HELD for s in statements)


def _spelled(fact: Fact, token: str) -> Fact:
    """The fact with the held value's own token in place of ``HELD``."""
    return Fact(
        fact.value,
        tuple(s._replace(token=token) if s.token == HELD else s for s in fact.statements),
        fact.dissents,
    )


def _values(fact: Fact) -> dict[str, Value]:
    """The values of all today's claims by token. Only a voice's last value can ever stand, so older ones aren't kept."""
    claims = claims_of(fact.statements)
    return {c.token: fact.dissents.get(v, fact.value) for v, c in claims.items()}


def _fuller(one: Value, other: Value) -> Value:
    """Of two ways to write the same (an address with and without its street) the longer one."""
    if isinstance(one, str) and isinstance(other, str):
        return max(one, other, key=lambda text: (len(text), text))
    return one


def _heard(statements: tuple[Statement, ...], more: Iterable[Statement]) -> tuple[Statement, ...]:
    """Both, one a voice and value, with the earliest first and the latest last."""
    found = {(s.voice, s.token): s for s in statements}
    for new in more:
        key = (new.voice, new.token)
        old = found.get(key)
        if old is None:
            found[key] = new
        else:
            last, ref = max((old.last, old.ref), (new.last, new.ref))
            found[key] = Statement(new.voice, new.token, min(old.first, new.first), last, ref)
    return tuple(found.values())
