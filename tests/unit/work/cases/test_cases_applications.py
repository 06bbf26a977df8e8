"""Giving back, more time, shelving: asked by the department, decided by an approver, and nothing moves in between."""

from datetime import timedelta

import pytest
from case_town import bring

from wangge.platform.access.errors import Conflict, Forbidden, Invalid
from wangge.platform.clock import clock
from wangge.work.cases import actions, queries
from wangge.work.cases.filters import Filters

pytestmark = pytest.mark.django_db


def ask(town, case, kind, **more):
    return actions.apply(case=case, kind=kind, reason="说明", by=town.clerk, **more)


def decide(town, case, grant, **more):
    return actions.decide(case=case, grant=grant, by=town.chief, **more)


def test_asking_for_more_time_moves_nothing_until_it_is_granted(town, later):
    case = bring(town, "handling")
    due = queries.case(town.chief, case).due_at
    with later(minutes=30):
        assert ask(town, case, "extend", amount="2 工作时").due_at == due
        assert queries.cases(town.chief, Filters(asked=True)).total == 1
    with later(hours=1):
        granted = decide(town, case, True)
    assert granted.due_at > due
    record = queries.case(town.chief, case)
    assert (record.limit, record.asked) == ("6 工作时", "")
    assert [(a.kind, a.amount, a.outcome) for a in record.applications] == [("extend", "2 工作时", "granted")]


def test_the_approver_may_give_another_amount_or_refuse(town):
    case = bring(town, "handling")
    ask(town, case, "extend", amount="9 工作时")
    decide(town, case, True, amount="1 工作时")
    assert queries.case(town.chief, case).limit == "5 工作时"
    ask(town, case, "extend", amount="9 工作时")
    before = queries.case(town.chief, case).due_at
    assert decide(town, case, False, note="不必").due_at == before


def test_time_is_asked_for_in_the_unit_of_the_limit_and_before_it_has_run_out(town, later):
    case = bring(town, "handling")
    for amount in ("2 自然日", "许多", ""):
        with pytest.raises(Invalid):
            ask(town, case, "extend", amount=amount)
    with later(days=4), pytest.raises(Conflict):
        ask(town, case, "extend", amount="2 工作时")


def test_whoever_asked_does_not_decide(town, installer):
    from wangge.platform.access import actions as access
    from wangge.platform.city import settings as city

    city.change(key="roles_held_together", to=["duty_chief+department_clerk"], by=installer)
    access.grant(user=town.by["clerk"].removeprefix("user:"), role="duty_chief", by=installer)
    case = bring(town, "handling")
    ask(town, case, "give_back")
    with pytest.raises(Conflict) as told:
        actions.decide(case=case, grant=True, by=town.clerk)
    assert told.value.code == "asked_yourself"
    with pytest.raises(Forbidden):
        actions.decide(case=case, grant=True, by=town.dispatcher)


def test_one_application_waits_at_a_time(town):
    case = bring(town, "handling")
    ask(town, case, "give_back")
    with pytest.raises(Conflict):
        ask(town, case, "extend", amount="1 工作时")
    decide(town, case, False)
    ask(town, case, "extend", amount="1 工作时")
    with pytest.raises(Invalid):
        actions.apply(case=case, kind="holiday", reason="说明", by=town.clerk)


def test_a_case_given_back_is_dispatched_anew_and_counted_as_passed_on(town, later):
    case = bring(town, "handling")
    ask(town, case, "give_back")
    given = decide(town, case, True)
    assert (given.state, given.due_at) == ("to_dispatch", None)
    assert queries.cases(town.clerk).total == 0  # it is out of the department's hands
    with later(days=3):  # Monday 10:05
        sent = actions.dispatch(case=case, department="water", by=town.dispatcher)
        assert clock.local(sent.due_at).isoformat() == "2026-08-03T16:35:00+08:00"
    assert queries.case(town.chief, case).passes == 1
    assert queries.cases(town.chief, Filters(passed_on=True)).total == 1


def test_a_shelved_case_leaves_the_counts_and_is_listed_apart(town, later):
    case = bring(town, "handling")
    with later(hours=1):
        with pytest.raises(Invalid):
            ask(town, case, "shelve")
        ask(town, case, "shelve", until=clock.today() + timedelta(days=30))
        assert decide(town, case, True).state == "shelved"
    with later(days=20):
        counts = queries.counts(town.chief)
        assert counts.shelved == queries.cases(town.chief, Filters(state="shelved")).total == 1
        assert counts.late == 0
        assert sum(q.count for q in counts.queues) == 0
        assert queries.cases(town.chief, Filters(counts=True)).total == 0
        assert actions.resume(case=case, by=town.chief).state == "handling"
        assert queries.case(town.clerk, case).left == "剩 3 工作时"


def test_an_application_lapses_when_the_department_feeds_back(town):
    case = bring(town, "handling")
    ask(town, case, "give_back")
    actions.feed_back(case=case, note="还是办了", by=town.clerk)
    application = queries.case(town.chief, case).applications[0]
    assert application.outcome == "lapsed"
    with pytest.raises(Conflict):
        decide(town, case, True)
