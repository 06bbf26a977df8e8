"""The fold's promises: no order of arrival, no replay, no flip, no loss; the authority and the door have their say."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.ground.registry.fold import fold, join, said
from wangge.ground.registry.settling import claims_of, disputes, standing
from wangge.ground.registry.statements import DOOR, HOME, SELF, TASK, Fact

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
VOICES = ["police", "health", "housing", TASK, DOOR, SELF, HOME]
AUTHORITIES = ["", "police", "nobody_yet"]


def token(value, known):
    return "v1:" + hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def statements(voices=VOICES, most=9):
    one = st.tuples(st.sampled_from(voices), st.sampled_from(["a", "b", "c", None]), st.integers(1, 8))
    return st.lists(one, max_size=most).map(lambda ones: [(*s, ref) for ref, s in enumerate(ones, 1)])


def folded(said_ones, authority):
    fact, raised = Fact(), []
    for voice, value, at, ref in said_ones:
        fact, more = fold(fact, said(voice, value, at, ref), authority=authority, token=token)
        raised += more
    return fact, raised


def meaning(fact):
    """A fact without its spelling: values in place of tokens."""
    said_ones = {
        (s.voice, fact.value if not s.token else s.token, s.first, s.last, s.ref) for s in fact.statements
    }
    return fact.value, frozenset(said_ones), tuple(sorted(fact.dissents.items(), key=str))


@settings(PATIENT, max_examples=300)
@given(statements(), st.sampled_from(AUTHORITIES), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(ones, authority, chance):
    other = ones[:]
    chance.shuffle(other)
    there, here = folded(ones, authority)[0], folded(other, authority)[0]
    assert meaning(there) == meaning(here)
    if ones:
        assert standing(there, authority) == standing(here, authority)


@PATIENT
@given(statements(), st.sampled_from(AUTHORITIES), st.randoms(use_true_random=False))
def test_a_replay_changes_nothing(ones, authority, chance):
    once = folded(ones, authority)[0]
    again = ones + chance.sample(ones, len(ones))
    assert meaning(folded(again, authority)[0]) == meaning(once)


@PATIENT
@given(statements(), statements(), statements(), st.sampled_from(AUTHORITIES))
def test_facts_join_in_any_way(a, b, c, authority):
    a, b, c = (
        folded([(v, x, t, r * 3 + k) for v, x, t, r in ones], authority)[0]
        for k, ones in enumerate((a, b, c))
    )

    def both(x, y):
        return join(x, y, authority=authority, token=token)

    assert meaning(both(both(a, b), c)) == meaning(both(a, both(c, b)))
    assert meaning(both(a, a)) == meaning(a)


@PATIENT
@given(statements(), st.sampled_from(AUTHORITIES))
def test_what_every_voice_says_last_is_kept(ones, authority):
    fact, _ = folded(ones, authority)
    for voice in {v for v, *_ in ones}:
        last = max((s for s in ones if s[0] == voice), key=lambda s: (s[2], s[3]))
        assert fact.dissents.get(voice, fact.value) == last[1]
    assert all(value != fact.value for value in fact.dissents.values())


@PATIENT
@given(statements(["police", "health", "housing", DOOR, SELF, HOME]))
def test_without_a_confirmation_the_authority_stands(ones):
    fact, _ = folded(ones, "police")
    own = [s for s in ones if s[0] == "police"]
    if own:
        assert fact.value == max(own, key=lambda s: (s[2], s[3]))[1]
        assert standing(fact, "police")[1] == "authority"


@PATIENT
@given(statements(["health", "housing", DOOR, SELF, HOME]))
def test_without_an_authority_a_difference_is_unconfirmed(ones):
    fact, _ = folded(ones, "police")
    if ones:
        assert standing(fact, "police")[1] == ("unconfirmed" if fact.dissents else "said")


@PATIENT
@given(statements([DOOR, SELF]))
def test_of_what_was_seen_the_newest_stands(ones):
    fact, _ = folded(ones, "")
    if ones:
        newest = max(s[2] for s in ones)
        assert fact.value in {s[1] for s in ones if s[2] == newest}


@PATIENT
@given(statements(), st.sampled_from(AUTHORITIES))
def test_a_confirmation_later_than_all_stands(ones, authority):
    fact, _ = folded([*ones, (TASK, "found", 9, 99)], authority)
    assert (fact.value, standing(fact, authority)[1]) == ("found", "door")


@PATIENT
@given(statements(), st.sampled_from(["", "police"]), st.integers(1, 5))
def test_exports_of_what_was_said_before_do_not_undo_a_confirmation(ones, authority, times):
    """A peer's flaw: the next delivery of a file that nobody corrected undoes what was found at the door."""
    fact, _ = folded([*ones, (TASK, "found", 9, 99)], authority)
    stale = {
        v: (x, r) for v, x, t, r in sorted(ones, key=lambda s: (s[2], s[3])) if v in ("police", "health")
    }
    for round_ in range(times):
        for voice, (value, _ref) in stale.items():
            repeat = said(voice, value, 10 + round_, 100 + round_)
            fact, raised = fold(fact, repeat, authority=authority, token=token)
            assert (fact.value, raised) == ("found", [])


def test_news_of_the_authority_overrules_an_older_confirmation():
    ones = [("police", "a", 1, 1), (TASK, "b", 2, 2), ("police", "b", 3, 3), ("police", "a", 4, 4)]
    for turn in (ones, ones[::-1], [ones[3], ones[1], ones[0], ones[2]]):
        assert folded(turn, "police")[0].value == "a"


def test_two_departments_that_differ_do_not_flip_with_every_export():
    fact, raised = folded([("health", "a", 1, 1), ("housing", "b", 2, 2)], "")
    assert [d.kind for d in raised] == ["confirm"]
    for month in range(3, 9):
        for voice, value in (("health", "a"), ("housing", "b")):
            fact, raised = fold(fact, said(voice, value, month, month), authority="", token=token)
            assert (fact.value, raised) == ("b", [])


KINDS = [
    # authority, statements, standing value, kinds raised by the last one, who is contradicted
    ("", [("health", "a", 1), ("housing", "b", 2)], "b", ["confirm"], ["health"]),
    ("", [("health", "a", 2), ("housing", "b", 1)], "a", ["confirm"], ["housing"]),
    ("police", [("police", "a", 1), ("housing", "b", 2)], "a", ["correct"], ["housing"]),
    ("police", [("housing", "b", 2), ("police", "a", 1)], "a", ["correct"], ["housing"]),
    ("police", [("police", "a", 1), (TASK, "b", 2)], "b", ["correct"], ["police"]),
    ("police", [("police", "a", 3), (TASK, "b", 2)], "a", [], []),
    ("police", [("police", "a", 1), (DOOR, "b", 2)], "a", ["next_visit"], [DOOR]),
    ("police", [("police", "a", 3), (DOOR, "b", 2)], "a", [], []),
    ("police", [("police", "a", 1), (SELF, "b", 2)], "a", ["next_visit"], [SELF]),
    ("", [("health", "a", 1), (DOOR, "b", 2)], "b", ["next_visit"], ["health"]),
    ("", [("health", "a", 1), ("housing", "b", 2), (TASK, "a", 3)], "a", ["correct"], ["housing"]),
    ("", [(TASK, "a", 1), ("health", "b", 2)], "b", ["confirm"], [TASK]),
    ("", [("health", "a", 1), ("housing", "b", 2), ("civil", "b", 3)], "b", [], []),
    ("", [("health", "a", 1), ("housing", "a", 2)], "a", [], []),
]


@pytest.mark.parametrize("authority, ones, value, kinds, against", KINDS)
def test_who_settles_a_conflict(authority, ones, value, kinds, against):
    ones = [(*one, ref) for ref, one in enumerate(ones, 1)]
    fact = folded(ones[:-1], authority)[0]
    voice, last, at, ref = ones[-1]
    fact, raised = fold(fact, said(voice, last, at, ref), authority=authority, token=token)
    assert fact.value == value
    assert ([d.kind for d in raised], [d.against.voice for d in raised]) == (kinds, against)
    assert fold(fact, said(voice, last, at, ref), authority=authority, token=token)[1] == raised


@PATIENT
@given(statements(), st.sampled_from(AUTHORITIES), st.randoms(use_true_random=False))
def test_ways_to_write_the_same_are_the_same(ones, authority, chance):
    """Addresses: everybody writes them otherwise. What differs in writing only raises nothing, and moves nothing."""

    def spelled(value):
        return value and value.upper() * chance.randint(1, 3)

    def meant(value, known):
        return token(value and value[0].lower(), known)

    def meanings(said_ones):
        fact, raised = Fact(), []
        for voice, value, at, ref in said_ones:
            fact, more = fold(fact, said(voice, value, at, ref), authority=authority, token=meant)
            raised += [d._replace(value=d.value and d.value[0].lower()) for d in more]
        return fact.value and fact.value[0].lower(), raised

    otherwise = [(voice, spelled(value), at, ref) for voice, value, at, ref in ones]
    assert meanings(otherwise) == meanings(ones)


def test_of_two_ways_to_write_the_same_the_longer_stands():
    for turn in (["b", "bb", "b"], ["bb", "b", "b"]):
        fact = Fact()
        for n, value in enumerate(turn, 1):
            new = said(f"department{n}", value, n, n)
            fact, _ = fold(fact, new, authority="", token=lambda v, known: token(v[0], known))
        assert (fact.value, dict(fact.dissents)) == ("bb", {})


def test_both_values_of_a_dispute_are_named():
    fact, (dispute,) = folded([("health", "a", 1, 1), ("housing", "b", 2, 2)], "")
    assert (fact.value, dispute.value) == ("b", "a")
    assert (dispute.stands.ref, dispute.against.ref) == (2, 1)
    assert disputes(fact, "") == [dispute]


def test_a_second_differing_department_does_not_cause_a_second_visit():
    _, raised = folded([("health", "a", 1, 1), ("civil", "c", 2, 2), ("housing", "b", 3, 3)], "")
    assert [d.kind for d in raised] == ["confirm", "confirm"]
    fact, _ = folded([("health", "a", 1, 1), ("civil", "c", 2, 2)], "")
    _, raised = fold(fact, said("housing", "b", 3, 3), authority="", token=token)
    assert [d.against.voice for d in raised] == ["civil"]


def test_nothing_said_has_no_standing():
    with pytest.raises(ValueError):
        standing(Fact(), "")
    assert claims_of(()) == {}
