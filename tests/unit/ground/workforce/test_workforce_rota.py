"""The rota: at every moment one holder of a grid at most, and a substitute before the worker in charge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.ground.workforce.rota import Span, Turn, effective, without

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


spans = st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 20))).map(
    lambda t: Span(day(t[0]), None if t[1] is None else day(t[0] + t[1]))
)


@st.composite
def rotas(draw):
    drawn = draw(st.lists(st.tuples(st.booleans(), spans), max_size=7))
    return [Turn(f"{i}", substitute, span) for i, (substitute, span) in enumerate(drawn)]


@settings(deadline=None)
@given(rotas(), st.integers(0, 70))
def test_one_holder_at_most_and_nobody_is_lost(turns, moment):
    held = effective(turns)
    now = day(moment)
    holders = [duty for duty, parts in held.items() if any(part.holds(now) for part in parts)]
    candidates = [turn for turn in turns if turn.span.holds(now)]
    assert len(holders) == (1 if candidates else 0)
    if candidates:
        holder = next(turn for turn in turns if turn.duty == holders[0])
        assert holder in candidates
        assert holder.substitute == any(turn.substitute for turn in candidates)


@settings(deadline=None)
@given(spans, st.lists(spans, max_size=5), st.integers(0, 70))
def test_what_is_cut_out_is_gone_and_the_rest_stays(span, others, moment):
    now = day(moment)
    left = without(span, others)
    assert any(part.holds(now) for part in left) == (
        span.holds(now) and not any(o.holds(now) for o in others)
    )
    assert all(not a.overlaps(b) for i, a in enumerate(left) for b in left[i + 1 :])


def test_a_gap_for_the_substitute():
    rota = [Turn("main", False, Span(day(0), None)), Turn("sub", True, Span(day(3), day(5)))]
    assert effective(rota) == {
        "sub": [Span(day(3), day(5))],
        "main": [Span(day(0), day(3)), Span(day(5), None)],
    }


def test_the_part_from_a_moment_on():
    span = Span(day(0), day(5))
    assert span.after(day(2)) == Span(day(2), day(5))
    assert span.after(day(5)) is None
    assert Span(day(9), None).after(day(2)) == Span(day(9), None)
