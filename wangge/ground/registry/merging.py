"""Two persons who are one, and one who are two. No other room is rewritten: ``identity.current`` answers at read.

A merge joins what is known of both and leaves the other's row as it is, under the one that is kept; the kept one as it was
before is set aside. So a split loses nothing: the other's row is simply free again, and the kept one is what was set aside,
joined with all that came in since and doesn't stem from the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from wangge.ground.registry import folding, identity, residences, sequence, writing
from wangge.ground.registry.conflicts import Contradicted
from wangge.ground.registry.fold import HOME, SEEN, Fact, Statement, claims_of, disputes, join
from wangge.ground.registry.folding import Row
from wangge.ground.registry.linking import reference
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
from wangge.ground.registry.values import token
from wangge.platform.access.errors import Conflict
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element


def merge(keep: int, gone: int, by: Actor) -> list[Contradicted]:
    """Let ``keep`` stand for both; returns what the two differ in. Raises ``Conflict`` if they are one already."""
    if keep == gone:
        raise Conflict("one_already", _("These are the same person already."))
    rows = folding.load([keep, gone], ELEMENT_COLUMNS)
    Merge.objects.create(keep_id=keep, gone_id=gone, set_aside=_set_aside(keep), at=clock.now(), by=by.id)
    before = {code: dict(rows[keep].dissents.get(code, {})) for code in ELEMENT_COLUMNS}
    for code in ELEMENT_COLUMNS:
        _put(
            rows[keep],
            code,
            _joined(code, [rows[keep].fact(code), _without(rows[gone].fact(code), code, _derived)]),
        )
    folding.write([rows[keep]])
    writing.update(Person, [(gone, {"merged_into": keep, "changed_seq": sequence.take(1)})])
    _hand_on(gone, keep)
    residences.derive(residences.with_neighbours([keep]))
    return [
        Contradicted(rows[keep].uid, code, rows[keep].values[code], dispute)
        for code in ELEMENT_COLUMNS
        if rows[keep].dissents.get(code, {}) != before[code]
        for dispute in disputes(rows[keep].fact(code), element(code).authority)
    ]


def split(keep: int, gone: int, by: Actor) -> None:
    """Undo a merge. Raises ``Conflict`` where ``gone`` wasn't merged into ``keep`` itself."""
    undone = Merge.objects.filter(keep=keep, gone=gone, split_at=None).first()
    if undone is None:
        raise Conflict("not_merged", _("The one was not merged into the other."))
    live = Merge.objects.filter(keep=keep, split_at=None).order_by("pk")
    first = live[0]
    remaining = [m.gone_id for m in live if m.pk != undone.pk]
    theirs = _refs(gone)
    rows = folding.load([keep, first.set_aside_id, *remaining], ELEMENT_COLUMNS)
    rest = [rows[key] for key in (first.set_aside_id, *remaining)]
    for code in ELEMENT_COLUMNS:
        since = _without(
            rows[keep].fact(code), code, lambda s: _derived(s) or (s.voice in SEEN, s.ref) in theirs
        )
        others = [_without(row.fact(code), code, _derived) for row in rest]
        _put(rows[keep], code, _joined(code, [since, *others]))
    folding.write([rows[keep]])
    _later_sets_aside(live, undone)
    Merge.objects.filter(pk=undone.pk).update(split_at=clock.now(), split_by=by.id)
    writing.update(Person, [(gone, {"merged_into": None, "changed_seq": sequence.take(1)})])
    _hand_back(gone, keep)
    residences.derive(residences.with_neighbours([keep, gone]))


def _joined(code: str, facts: Iterable[Fact]) -> Fact:
    whole = Fact()
    for fact in facts:
        whole = join(whole, fact, authority=element(code).authority, token=token)
    return whole


def _put(row: Row, code: str, fact: Fact) -> None:
    if fact != row.fact(code):
        row.put(code, fact)


def _derived(statement: Statement) -> bool:
    """What follows from relations is derived anew when they were handed on."""
    return statement.voice == HOME


def _without(fact: Fact, code: str, left_out: Callable[[Statement], bool]) -> Fact:
    """The fact as if these statements had not been made. A claim of which only older values remain is gone with them."""
    gone = {s.voice for s in fact.statements if left_out(s)}
    if not gone:
        return fact
    claims = claims_of(fact.statements)
    lost = {
        voice
        for voice in gone
        if any(left_out(s) and s.ref == claims[voice].ref for s in fact.statements if s.voice == voice)
    }
    parts = [
        Fact(
            fact.dissents.get(voice, fact.value),
            tuple(
                s._replace(token="" if s.token == claims[voice].token else s.token)
                for s in fact.statements
                if s.voice == voice and not left_out(s)
            ),
        )
        for voice in claims
        if voice not in lost
    ]
    return _joined(code, parts)


def _refs(gone: int) -> set[tuple[bool, int]]:
    """What the person who is split off said or had said of them: (whether it was seen, link or observation)."""
    keys = identity.all_keys(gone)
    uids = identity.uids_of(keys).values()
    of_theirs = Link.objects.filter(person__in=keys).values_list("batch", "row")
    links = {(False, reference(batch, row)) for batch, row in of_theirs}
    return links | {
        (True, key) for key in Observation.objects.filter(subject__in=uids).values_list("pk", flat=True)
    }


def _set_aside(keep: int) -> Person:
    """A copy of the row and its dissents that stands under the kept person and is nobody."""
    original = Person.objects.get(pk=keep)
    copy = Person(**{code: getattr(original, code) for code in ELEMENT_COLUMNS})
    copy.sources, copy.version, copy.merged_into = original.sources, original.version, original
    copy.save()
    Dissent.objects.bulk_create(
        Dissent(person=copy, element=d.element, voice=d.voice, value=d.value)
        for d in Dissent.objects.filter(person=keep)
    )
    return copy


def _later_sets_aside(live: Iterable[Merge], undone: Merge) -> None:
    """Whoever is split next starts from the earliest copy, which never knew of anybody."""
    later = next((m for m in live if m.pk > undone.pk), None)
    first = next(iter(live))
    if later is not None and first.pk == undone.pk:
        Merge.objects.filter(pk=later.pk).update(set_aside=undone.set_aside)


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
