"""Two persons who are one, and one who are two. No other room is rewritten: ``identity.current`` answers at read.

A merge joins what is known of both in the row of the one that is kept. The other's row stays as it is, under the kept one; and
the kept one gets a row of its ``own`` beside it, with what is known of that one alone. What is said afterwards is heard by the
row that stands and by the row of the one it was said of (``hearing.Addressed``). So a split loses nothing and mixes nothing up:
the other's row is free again, and the one that was kept is what its own row says, joined with whoever else is still one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.ground.registry import deriving, folding, identity, residences, sequence, writing
from wangge.ground.registry.conflicts import Contradicted
from wangge.ground.registry.fold import join
from wangge.ground.registry.models import (
    ELEMENT_COLUMNS,
    Dissent,
    Kin,
    Link,
    Merge,
    Observation,
    Person,
    Residence,
)
from wangge.ground.registry.rows import Row
from wangge.ground.registry.settling import disputes
from wangge.ground.registry.statements import HOME, Fact
from wangge.ground.registry.tokens import tokens_of
from wangge.platform.access.errors import Conflict
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element


def merge(keep: int, gone: int, by: Actor) -> list[Contradicted]:
    """Let ``keep`` stand for both; returns what the two differ in. Raises ``Conflict`` if they are one already."""
    if keep == gone:
        raise Conflict("one_already", _("These are the same person already."))
    Merge.objects.create(keep_id=keep, gone_id=gone, at=clock.now(), by=by.id)
    _remember_own(keep)
    rows = folding.load([keep, gone], ELEMENT_COLUMNS)
    kept, other = rows[keep], rows[gone]
    before = {code: kept.dissents.get(code, {}) for code in ELEMENT_COLUMNS}
    for code in ELEMENT_COLUMNS:
        _put(kept, code, _joined(code, kept.fact(code), _underived(other, code)))
    folding.write([kept])
    writing.update(Person, [(gone, {"merged_into": keep, "changed_seq": sequence.take(1)})])
    _hand_on(gone, keep)
    Observation.objects.filter(person=gone).exclude(state="folded").update(person=keep)
    deriving.derive(residences.with_neighbours([keep]))
    return [
        Contradicted(kept.uid, code, kept.values[code], dispute)
        for code in ELEMENT_COLUMNS
        if kept.dissents.get(code, {}) != before[code]
        for dispute in disputes(kept.fact(code), element(code).authority)
    ]


def split(keep: int, gone: int, by: Actor) -> None:
    """Undo a merge. Raises ``Conflict`` where ``gone`` wasn't merged into ``keep`` itself."""
    if not Merge.objects.filter(keep=keep, gone=gone, split_at=None).update(
        split_at=clock.now(), split_by=by.id
    ):
        raise Conflict("not_merged", _("The one was not merged into the other."))
    writing.update(Person, [(gone, {"merged_into": None, "changed_seq": sequence.take(1)})])
    stands = keep
    for at in _upwards(keep):
        _restore(at)
        stands = at
    _hand_back(gone, stands)
    deriving.derive(residences.with_neighbours([stands, gone]))


def take_out(feed: str, batch: str, line: int) -> int:
    """Remove a person of whom nothing is known but this line: it means nobody again. Returns how many were removed (0 or 1)."""
    link = Link.objects.filter(batch__feed=feed, batch__batch=batch, row=line, decided_by="review").first()
    if link is None:
        return 0
    key = link.person_id
    more = (
        Link.objects.filter(person=key).exclude(pk=link.pk),
        Person.objects.filter(pk=key).exclude(merged_into=None),
        Person.objects.filter(merged_into=key),
        Residence.objects.filter(person=key),
        Kin.objects.filter(Q(person=key) | Q(other=key)),
        Observation.objects.filter(person=key),
        Merge.objects.filter(Q(keep=key) | Q(gone=key, split_at=None)),
    )
    if any(rows.exists() for rows in more):
        return 0
    Merge.objects.filter(gone=key).delete()
    link.delete()
    Person.objects.filter(pk=key).delete()
    return 1


def _upwards(key: int) -> Iterator[int]:
    """The person, and whom they were merged into, up to who stands for them today."""
    at: int | None = key
    while at is not None:
        yield at
        at = Person.objects.values_list("merged_into", flat=True).get(pk=at)


def _restore(keep: int) -> None:
    """Make the row of a kept person anew from its own row and those of whoever is still one with it."""
    remaining = list(Merge.objects.filter(keep=keep, split_at=None).values_list("gone", flat=True))
    own = Person.objects.values_list("own", flat=True).get(pk=keep)
    assert own is not None
    rows = folding.load([keep, own, *remaining], ELEMENT_COLUMNS)
    for code in ELEMENT_COLUMNS:
        others = [_underived(rows[key], code) for key in remaining]
        _put(rows[keep], code, _joined(code, rows[own].fact(code), *others))
    folding.write([rows[keep]])
    if not remaining:
        Person.objects.filter(pk=own).delete()


def _joined(code: str, *facts: Fact) -> Fact:
    whole = Fact()
    for fact in facts:
        whole = join(whole, fact, authority=element(code).authority, token=tokens_of(code))
    return whole


def _put(row: Row, code: str, fact: Fact) -> None:
    if fact != row.fact(code):
        row.put(code, fact)


def _underived(row: Row, code: str) -> Fact:
    """What is known of a person, without what follows from their dwellings: that is derived anew for who stands."""
    fact = row.fact(code)
    voices = {s.voice for s in fact.statements}
    if HOME not in voices:
        return fact
    return _joined(code, *(_of_voice(fact, voice, code) for voice in sorted(voices - {HOME})))


def _of_voice(fact: Fact, voice: str, code: str) -> Fact:
    """What one voice alone says."""
    ones = [s for s in fact.statements if s.voice == voice]
    newest = max(ones, key=lambda s: (s.last, s.ref))
    held = {newest.token: ""}
    return Fact(
        fact.dissents.get(voice, fact.value),
        tuple(s._replace(token=held.get(s.token, s.token or tokens_of(code)(fact.value, ()))) for s in ones),
    )


def _remember_own(keep: int) -> None:
    """A row beside the kept one, with what is known of that one alone: nobody, at no door, in no list."""
    original = Person.objects.get(pk=keep)
    if original.own_id is not None:
        return
    own = Person(**{code: getattr(original, code) for code in ELEMENT_COLUMNS})
    own.sources, own.version, own.merged_into = original.sources, original.version, original
    own.save()
    Dissent.objects.bulk_create(
        Dissent(person=own, element=d.element, voice=d.voice, value=d.value)
        for d in Dissent.objects.filter(person=keep)
    )
    writing.update(Person, [(keep, {"own": own.pk})])


def _hand_on(gone: int, keep: int) -> None:
    """Relations of the one become relations of the other, where the other doesn't have them already."""
    own = set(Residence.objects.filter(person=keep).values_list("dwelling_id", "relation", "from_on"))
    for one in Residence.objects.filter(person=gone):
        if (one.dwelling_id, one.relation, one.from_on) not in own:
            Residence.objects.filter(pk=one.pk).update(person=keep, written_for=one.written_for_id or gone)
    kin = set(Kin.objects.filter(person=keep).values_list("other_id", "kinship"))
    for tie in Kin.objects.filter(person=gone).exclude(other=keep):
        if (tie.other_id, tie.kinship) not in kin:
            Kin.objects.filter(pk=tie.pk).update(person=keep, written_for=tie.written_for_id or gone)


def _hand_back(gone: int, keep: int) -> None:
    mine = identity.all_keys(gone)
    for model in (Residence, Kin):
        model.objects.filter(person=keep, written_for__in=mine).update(person=gone)
        model.objects.filter(person=gone, written_for=gone).update(written_for=None)
