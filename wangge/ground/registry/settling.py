"""Who is right, and who has to settle it where nobody knows: the three rules of the fold (see ``fold``) and what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wangge.ground.registry.statements import (
    DOOR,
    HELD,
    HOME,
    SEEN,
    SELF,
    TASK,
    Claim,
    Dispute,
    Fact,
    Kind,
    Standing,
    Statement,
)


def claims_of(statements: Iterable[Statement]) -> dict[str, Claim]:
    """What each voice says today: its last value (of two at the same moment the one with the greater ``ref``)."""
    by_voice: dict[str, list[Statement]] = {}
    for statement in statements:
        by_voice.setdefault(statement.voice, []).append(statement)
    return {voice: _claim(voice, ones) for voice, ones in by_voice.items()}


def standing(fact: Fact, authority: str) -> tuple[Claim, Standing]:
    """Whose claim stands, and on what ground. Raises ``ValueError`` where nobody said anything."""
    return settle(claims_of(fact.statements), authority)


def settle(claims: Mapping[str, Claim], authority: str) -> tuple[Claim, Standing]:
    """The claim that stands, by the three rules of ``fold``, and the ground it stands on."""
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


def disputes(fact: Fact, authority: str) -> list[Dispute]:
    """Every claim that the fact contradicts, as far as anybody has to do something about it."""
    if not fact.dissents:
        return []
    claims = claims_of(fact.statements)
    winner, ground = settle(claims, authority)
    found = []
    for loser in sorted(claims.values(), key=lambda c: (-c.counts, c.voice)):
        kind = None if loser.token == winner.token else _settled_by(loser, winner, ground)
        if kind:
            found.append(Dispute(kind, winner, loser, fact.dissents.get(loser.voice)))
    return found


def raised(after: Fact, new: Statement, authority: str) -> list[Dispute]:
    """The disputes that are this statement's doing: it is what its voice says today, and the voice says so only since then."""
    claim = claims_of(after.statements)[new.voice]
    if claim.ref != new.ref or claim.counts != new.last:
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
    return not rest or settle(rest, authority)[0].token != HELD


def _claim(voice: str, ones: list[Statement]) -> Claim:
    newest = max(ones, key=lambda s: (s.last, s.ref))
    if voice in SEEN:
        return Claim(voice, newest.token, newest.last, newest.last, newest.ref)
    broken = max((s.last for s in ones if s is not newest), default=newest.first)
    return Claim(voice, newest.token, max(newest.first, broken), newest.last, newest.ref)


def _settled_by(loser: Claim, winner: Claim, ground: Standing) -> Kind | None:
    """Who has to settle what the loser says; None where nobody has to."""
    if ground == "unconfirmed":
        return "next_visit" if {loser.voice, winner.voice} & {DOOR, SELF, HOME} else "confirm"
    if loser.voice[0] != "@":
        return "correct"
    seen_since = ground == "authority" and loser.voice in (DOOR, SELF) and loser.counts >= winner.counts
    return "next_visit" if seen_since else None
