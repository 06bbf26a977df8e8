"""The registry's fold: what several voices say about one element of one person becomes one fact. Pure: no database, no clock.

A *voice* is a department, or one of the four that start with ``@``. For each voice and each value the fold keeps when the
voice first and last said so; that is all it needs, and it grows by minimum and maximum only. So the order in which
statements arrive doesn't matter, and a statement that arrives twice changes nothing.

From what was said the fact follows by three rules (``_settle``):

1. What was found at the door under a task stands, until a voice says something new: *new* is what the voice has been saying
   only since after that visit. A department that goes on exporting its old value says nothing new.
2. Else the authority's value stands (一数一源).
3. Else the newest value stands; it is ``unconfirmed`` while another voice says otherwise.

A department's claim counts from the moment since which it has been saying so without a break, so that monthly exports of
two departments that differ don't make a fact flip to and fro. What somebody saw counts from when it was last seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Value = str | int | bool | date | datetime | None
Standing = Literal["authority", "door", "said", "unconfirmed"]
Kind = Literal["confirm", "correct", "next_visit"]
Token = Callable[[Value, Collection[str]], str]
"""A value's token (never empty), one of the known ones where it is the same value."""

TASK, DOOR, SELF, HOME = "@task", "@door", "@self", "@home"
"""Seen under a task; seen without one; said by the person; following from the person's relations to dwellings."""
SEEN = frozenset((TASK, DOOR, SELF))
HELD = ""
"""The token of the value that stands: it needs none of its own."""


class Statement(NamedTuple):
    """A voice said a value: first and last at (seconds since 1970, UTC), last in ``ref`` (a link or an observation)."""

    voice: str
    token: str
    first: int
    last: int
    ref: int


class Claim(NamedTuple):
    """What a voice says today, and since when it counts."""

    voice: str
    token: str
    counts: int
    last: int
    ref: int


class Dispute(NamedTuple):
    """A claim that the fact contradicts, and who settles it.

    ``confirm``: at the door, by a to-do. ``correct``: nobody knocks, the department of ``against`` gets a correction.
    ``next_visit``: at the next visit.
    """

    kind: Kind
    stands: Claim
    against: Claim
    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands, who said what, and what those voices say today that say otherwise."""

    value: Value = None
    statements: tuple[Statement, ...] = ()
    dissents: Mapping[str, Value] = field(default_factory=dict)


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
    return after, _raised(after, new, offered.value, authority)


def join(one: Fact, other: Fact, *, authority: str, token: Token) -> Fact:
    """All that either knows, as one fact. Commutative, associative and idempotent."""
    if not one.statements or not other.statements:
        return one if one.statements else other
    known = {s.token for s in (*one.statements, *other.statements)}
    mine = _spelled(one, token(one.value, known))
    theirs = _spelled(other, token(other.value, {*known, *(s.token for s in mine.statements)}))
    values = {**_values(mine), **_values(theirs)}
    statements = _heard(mine.statements, theirs.statements)
    claims = claims_of(statements)
    winner, _ = _settle(claims, authority)
    return Fact(
        values[winner.token],
        tuple(s._replace(token=HELD) if s.token == winner.token else s for s in statements),
        {c.voice: values[c.token] for c in claims.values() if c.token != winner.token},
    )


def claims_of(statements: Iterable[Statement]) -> dict[str, Claim]:
    """What each voice says today: its last value (of two at the same moment the one with the greater ``ref``)."""
    by_voice: dict[str, list[Statement]] = {}
    for statement in statements:
        by_voice.setdefault(statement.voice, []).append(statement)
    return {voice: _claim(voice, ones) for voice, ones in by_voice.items()}


def standing(fact: Fact, authority: str) -> tuple[Claim, Standing]:
    """Whose claim stands, and on what ground. Raises ``ValueError`` where nobody said anything."""
    return _settle(claims_of(fact.statements), authority)


def disputes(fact: Fact, authority: str) -> list[Dispute]:
    """Every claim that the fact contradicts, as far as anybody has to do something about it."""
    if not fact.dissents:
        return []
    claims = claims_of(fact.statements)
    winner, ground = _settle(claims, authority)
    found = []
    for loser in sorted(claims.values(), key=lambda c: (-c.counts, c.voice)):
        kind = None if loser.token == winner.token else _settled_by(loser, winner, ground)
        if kind:
            found.append(Dispute(kind, winner, loser, fact.dissents.get(loser.voice)))
    return found


def _claim(voice: str, ones: list[Statement]) -> Claim:
    newest = max(ones, key=lambda s: (s.last, s.ref))
    if voice in SEEN:
        return Claim(voice, newest.token, newest.last, newest.last, newest.ref)
    broken = max((s.last for s in ones if s is not newest), default=newest.first)
    return Claim(voice, newest.token, max(newest.first, broken), newest.last, newest.ref)


def _settle(claims: Mapping[str, Claim], authority: str) -> tuple[Claim, Standing]:
    found, rule = claims.get(TASK), claims.get(authority)
    if found is None:
        return (rule, "authority") if rule else _newest(claims.values())
    news = [c for c in claims.values() if c.counts > found.last and c.token != found.token]
    if rule is not None:
        return (rule, "authority") if rule in news else (found, "door")
    return (_newest(news)[0], "unconfirmed") if news else (found, "door")


def _newest(claims: Collection[Claim]) -> tuple[Claim, Standing]:
    newest = max(claims, key=lambda c: (c.counts, c.voice))
    return newest, "said" if all(c.token == newest.token for c in claims) else "unconfirmed"


def _settled_by(loser: Claim, winner: Claim, ground: Standing) -> Kind | None:
    """Who has to settle what the loser says; None where nobody has to."""
    if ground == "unconfirmed":
        return "next_visit" if {loser.voice, winner.voice} & {DOOR, SELF, HOME} else "confirm"
    if loser.voice[0] != "@":
        return "correct"
    seen_since = ground == "authority" and loser.voice in (DOOR, SELF) and loser.counts >= winner.counts
    return "next_visit" if seen_since else None


def _raised(after: Fact, new: Statement, value: Value, authority: str) -> list[Dispute]:
    """The disputes that are this statement's doing."""
    claim = claims_of(after.statements)[new.voice]
    spoken = after.value if claim.token == HELD else after.dissents.get(new.voice)
    if spoken != value or claim.counts != new.last:
        return []
    open_ = disputes(after, authority)
    if claim.token != HELD:
        return [d for d in open_ if d.against.voice == new.voice]
    winner, ground = standing(after, authority)
    if winner.voice != new.voice or (ground == "unconfirmed" and not _turned(after, new, authority)):
        return []
    # One visit settles one element, however many departments differ.
    return open_[:1] if ground == "unconfirmed" else open_


def _turned(after: Fact, new: Statement, authority: str) -> bool:
    """Whether another value would stand without this statement."""
    rest = claims_of(s for s in after.statements if (s.voice, s.token) != (new.voice, HELD))
    return not rest or _settle(rest, authority)[0].token != HELD


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
