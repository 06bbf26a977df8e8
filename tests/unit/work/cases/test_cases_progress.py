"""The handling clock and the figures of a case, under any lawful sequence of acts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.limits import Limit
from wangge.cores.worktime.pauses import due_with_pauses
from wangge.work.cases import clocks, progress, states
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.states import Standing
from wangge.work.cases.times import CityTimes

TIMES = CityTimes()
TIMES.calendar = Calendar()
TIMES.stage_limits = {"accept": "1 工作时", "verify": "2 工作时", "sign": "1 工作时", "check": "4 工作时"}
FRIDAY = datetime(2026, 7, 31, 2, 0, tzinfo=UTC)  # 10:00 on the city's clock
LIMITS = ["4 工作时", "2 紧急工作时", "1.5 工作日", "2 自然日", "1 紧急工作日"]


def at(hours):
    return FRIDAY + timedelta(hours=hours)


def test_handling_time_runs_from_dispatch_and_signing_late_buys_nothing():
    quick = run("4 工作时", ("dispatch", 0), ("sign", 0.1))
    slow = run("4 工作时", ("dispatch", 0), ("sign", 3.9))
    assert (
        quick.clock.due_at == slow.clock.due_at == datetime(2026, 7, 31, 8, 30, tzinfo=UTC)
    )  # 16:30, over the noon break
    assert quick.dispatched_at == slow.dispatched_at == FRIDAY


def test_what_is_dispatched_outside_hours_starts_at_the_next_opening():
    evening = run("1 工作时", ("dispatch", 12))
    assert evening.clock.due_at == datetime(2026, 8, 3, 1, 30, tzinfo=UTC)  # Monday 09:30


def test_an_urgent_limit_runs_through_the_night():
    evening = run("2 紧急工作时", ("dispatch", 12))
    assert evening.clock.due_at == at(14)


def test_more_time_moves_the_due_moment_only_once_it_is_granted():
    asked = run("1 工作时", ("dispatch", 0), ("sign", 0.1), ("extend", 0.5))
    assert asked.clock.due_at == at(1)
    granted = run("1 工作时", ("dispatch", 0), ("sign", 0.1), ("extend", 0.5), ("allow_extend", 0.9))
    assert granted.clock.due_at == at(2)
    refused = run("1 工作时", ("dispatch", 0), ("sign", 0.1), ("extend", 0.5), ("refuse", 0.9))
    assert refused.clock.due_at == at(1)


def test_time_granted_after_the_feedback_counts_as_if_it_had_been_granted_at_once():
    late = [("dispatch", 0), ("sign", 0.1), ("extend", 0.5), ("feed_back", 1.5)]
    assert run("1 工作时", *late).handled_at > run("1 工作时", *late).clock.due_at
    granted = run("1 工作时", *late, ("allow_extend", 1.8))
    assert granted.handled_at <= granted.clock.due_at == at(2)


def test_shelved_time_does_not_count_and_a_shelved_case_leaves_the_counts():
    shelved = run("1 工作时", ("dispatch", 0), ("sign", 0.1), ("shelve", 0.2), ("allow_shelve", 0.5))
    assert shelved.counts_at is None
    resumed = after(shelved, "resume", 5)
    assert resumed.clock.due_at == at(5.5)
    assert resumed.counts_at == at(5.5)


def test_rework_lets_the_clock_run_on_with_what_was_left():
    sent_back = run(
        "2 工作时",
        ("dispatch", 0),
        ("sign", 0.1),
        ("feed_back", 0.5),
        ("forward", 0.6),
        ("check", 1),
        ("rework", 5),
    )
    assert sent_back.clock.due_at == at(6.5)
    assert sent_back.handled_at is None
    assert sent_back.reworks == 1


def test_a_department_that_is_late_stays_late_whatever_stops_its_clock():
    late = run(
        "1 工作时",
        ("dispatch", 0),
        ("sign", 0.1),
        ("feed_back", 1.5),
        ("forward", 1.6),
        ("check", 1.7),
        ("rework", 1.8),
    )
    assert late.clock.due_at == at(1)
    assert after(late, "feed_back", 1.9, state="handling").counts_at == at(1)


def test_a_case_given_back_starts_afresh_with_the_next_department():
    back = run("2 工作时", ("dispatch", 0), ("sign", 0.1), ("give_back", 1), ("allow_give_back", 1.2))
    assert (back.department, back.clock.due_at, back.counts_at, back.passes) == ("", None, None, 1)
    again = after(back, "dispatch", 5, limit="2 工作时", department="gardens")
    assert again.clock.due_at == at(7)


def test_an_application_that_nobody_can_decide_any_more_lapses():
    assert run("2 工作时", ("dispatch", 0), ("sign", 0.1), ("give_back", 0.5), ("feed_back", 1)).asked == ""
    assert (
        run("2 工作时", ("dispatch", 0), ("sign", 0.1), ("extend", 0.5), ("feed_back", 1)).asked == "extend"
    )


def test_a_stage_keeps_its_limit_through_edits():
    begun = progress.after(Progress(), Happening("report", "to_accept", "", FRIDAY), TIMES)
    assert begun.stage_due_at == at(1)
    edited = progress.after(begun, Happening("edit", "to_accept", "", at(0.9)), TIMES)
    assert edited == begun


# -- any lawful sequence ------------------------------------------------------------------------------------------------


def run(limit, *acts):
    case = Progress(state="to_dispatch")
    for verb, hours in acts:
        case = after(case, verb, hours, limit=limit)
    return case


def after(case, verb, hours, *, limit="1 工作时", department="water", state=""):
    move = next(m for m in states.moves_from(state or case.state) if m.verb == verb)
    given_limit = {"dispatch": limit, "allow_extend": "1 " + limit.split()[-1]}.get(verb, "")
    step = Happening(
        verb, move.leads_to(case.state), move.clock, at(hours), department=department if verb == "dispatch" else "",
        found={"verify": "true", "check": "failed"}.get(verb, ""), limit=given_limit,
    )  # fmt: skip
    return progress.after(case, step, TIMES)


@st.composite
def histories(draw):
    """A case's steps from report on: each act lawful where it stands, minutes to days apart."""
    limit = draw(st.sampled_from(LIMITS))
    case, moment, steps = Progress(), FRIDAY, []
    for _ in range(draw(st.integers(1, 30))):
        standing = Standing(
            patrol=draw(st.booleans()),
            found=case.found,
            asked=case.asked,
            late=case.clock.late(moment),
            rated=case.rated,
            reopenable=True,
        )
        lawful = [
            m
            for m in states.possible(case.state, standing)
            if m.verb not in ("void", "reject", "merge") or draw(st.booleans())
        ]
        if not lawful:
            break
        move = draw(st.sampled_from(lawful))
        moment += timedelta(seconds=draw(st.integers(0, 3600 * 30)))
        steps.append(
            Happening(
                move.verb, move.leads_to(case.state), move.clock, moment, department="water" if move.verb == "dispatch" else "",
                found=draw(st.sampled_from({"verify": ["true", "false"], "check": ["passed", "failed"]}.get(move.verb, [""]))),
                limit={"dispatch": limit, "allow_extend": "1 " + limit.split()[-1]}.get(move.verb, ""),
            )
        )  # fmt: skip
        case = progress.after(case, steps[-1], TIMES)
    return steps


def prefixes(steps):
    for length in range(1, len(steps) + 1):
        yield steps[:length], progress.fold(steps[:length], TIMES)


@settings(max_examples=120, deadline=None)
@given(histories())
def test_the_clock_agrees_with_the_pauses_of_working_time(steps):
    """Another way to reckon: one run since the last dispatch, with pauses. They agree unless the clock had run out."""
    for some, case in prefixes(steps):
        if case.clock.since is None or not case.clock.running:
            continue
        started, pauses, late = None, [], False
        for step in some:
            if step.clock == "start":
                started, pauses, late = step.at, [], False
            elif step.clock == "stop" and started:
                pauses.append([step.at, None])
                late = late or step.at > progress.fold(some[: some.index(step) + 1], TIMES).clock.due_at
            elif step.clock == "resume" and pauses:
                pauses[-1][1] = step.at
        late = late or any(s.clock == "extend" for s in some)
        if not late:
            expected = due_with_pauses(
                started, Limit.parse(case.clock.limit), TIMES.calendar, [tuple(p) for p in pauses]
            )
            assert abs(case.clock.due_at - expected) < timedelta(seconds=1)


@settings(max_examples=120, deadline=None)
@given(histories())
def test_verbs_that_do_not_touch_the_clock_change_no_figure_of_a_rate(steps):
    quiet = {verb for verb in states.VERBS if {m.clock for m in states.TABLE if m.verb == verb} == {""}} - {
        "file"
    }
    before = Progress()
    for step in steps:
        now = progress.after(before, step, TIMES)
        if step.verb in quiet - {"feed_back", "reopen", "close"}:
            assert (now.clock, now.handled_at, now.counts_at, now.dispatched_at) == (
                before.clock, before.handled_at, before.counts_at, before.dispatched_at,
            )  # fmt: skip
        before = now


@settings(max_examples=120, deadline=None)
@given(histories())
def test_what_counts_is_handled_or_has_a_due_moment_and_nothing_else(steps):
    for _some, case in prefixes(steps):
        if case.state in (
            "shelved",
            "rejected",
            "voided",
            "merged",
            "to_accept",
            "to_verify",
            "to_file",
            "to_dispatch",
        ):
            assert case.counts_at is None
        elif case.counts_at is not None:
            assert case.counts_at <= case.clock.due_at
            assert case.counts_at == min(case.handled_at or case.clock.due_at, case.clock.due_at)
        if case.state in ("to_check", "to_close", "closed") and case.dispatched_at:
            assert case.handled_at is not None


@settings(max_examples=60, deadline=None)
@given(histories())
def test_an_imported_case_never_counts(steps):
    case = Progress(imported=True)
    for step in steps:
        case = progress.after(case, step, TIMES)
        assert case.counts_at is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LIMITS), st.lists(st.integers(1, 100_000), min_size=1, max_size=8))
def test_stopping_and_running_on_at_once_changes_nothing(limit, waits):
    plain = clock = clocks.start(limit, FRIDAY, TIMES)
    moment = FRIDAY
    for seconds in waits:
        moment += timedelta(seconds=seconds)
        clock = clocks.resume(clocks.stop(clock, moment), moment, TIMES)
    assert abs(clock.due_at - plain.due_at) <= timedelta(seconds=len(waits))


@pytest.mark.parametrize("limit", LIMITS)
def test_used_time_is_kept_exactly(limit):
    clock = clocks.start(limit, FRIDAY, TIMES)
    third = FRIDAY + timedelta(minutes=20)
    clock = clocks.resume(clocks.stop(clock, third), third, TIMES)
    assert clock.used == TIMES.between(FRIDAY, third, limit) > 0
    assert Fraction(str(clock.used)) == clock.used
    assert replace(clock, used=Fraction(0)).limit == limit
