"""A desk's lists: its own queues as one, the most urgent first, and what departments asked for; each figure opens its list."""

import pytest
from case_town import bring

from wangge.platform.access.errors import Forbidden
from wangge.work.cases import actions, queries
from wangge.work.cases.filters import Filters

pytestmark = pytest.mark.django_db


def test_several_states_are_one_list(town):
    for state in ("to_accept", "to_file", "handling"):
        bring(town, state)
    assert queries.cases(town.chief, Filters(state="to_accept,to_file")).total == 2
    assert queries.cases(town.chief, Filters(state="to_accept,no_such_state")).total == 1


def test_what_runs_out_first_comes_first_whichever_clock_it_is(town, later):
    with later(minutes=-50):
        staged = bring(town, "to_accept")  # one working hour of its stage, of which ten minutes are left
    handled = bring(town, "handling")  # four working hours
    fresh = bring(town, "to_accept")
    page = queries.cases(town.chief, Filters(open=True), order="urgent")
    assert [one.uid for one in page.items] == [staged, fresh, handled]


def test_the_order_of_urgency_is_of_open_cases_only(town):
    bring(town, "to_accept")
    newest = bring(town, "handling")
    assert queries.cases(town.chief, order="urgent").items[0].uid == newest


def test_applications_that_wait_are_counted_as_their_list_is_long(town):
    case = bring(town, "handling")
    bring(town, "handling")
    assert queries.counts(town.chief).asked == 0
    actions.apply(case=case, kind="extend", reason="说明", amount="1 工作时", by=town.clerk)
    asked = queries.cases(town.chief, Filters(open=True, asked=True))
    assert queries.counts(town.chief).asked == asked.total == 1


def test_a_department_knows_its_own_crews_and_what_each_has_in_hand(town):
    case = bring(town, "handling")
    before = queries.crews(town.clerk)
    assert [(one.department, one.in_hand) for one in before] == [("shizheng", 0)]
    actions.assign(case=case, crew=before[0].actor, by=town.clerk)
    assert [one.in_hand for one in queries.crews(town.clerk)] == [1]
    with pytest.raises(Forbidden):
        queries.crews(town.chief)


def test_what_is_left_is_told_of_whichever_ends_first(town):
    case = bring(town, "to_sign")  # an hour to sign, four to handle
    assert queries.case(town.clerk, case).left == "剩 1 工作时"
    actions.sign(case=case, by=town.clerk)
    assert queries.case(town.clerk, case).left == "剩 4 工作时"
