"""The budget of uninvited visits holds wherever one could come about: pushed, walked, settled, carried on a phone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.unit.work.todos.test_todos_inbox import LEFT, heard, push, standing, town, workers  # noqa: F401 - fixtures
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.todos import actions, queries
from wangge.work.todos.models import Knock, Todo

pytestmark = pytest.mark.django_db


def doors(worker):
    return [one.uid for door in queries.inbox(worker).doors for one in door.todos]


@pytest.fixture(autouse=True)
def _in_the_middle_of_a_month(at_moment):
    with clock.moved(at_moment + timedelta(days=14)):
        yield


def later(days):
    return clock.moved(clock.now() + timedelta(days=days))


def test_a_visit_uses_one_and_what_was_pushed_before_waits_too(push, workers):  # noqa: F811
    first, second = push(ref="e1"), push(ref="e2")
    actions.settle(todo=first, outcome="settled", by=workers[0])
    assert doors(workers[0]) == [second]  # the same visit
    with later(1):
        assert doors(workers[0]) == []
    with later(31):
        assert doors(workers[0]) == [second]


def test_a_push_rule_cannot_exceed_it(push, workers):  # noqa: F811
    actions.settle(todo=push(ref="e1"), outcome="not_at_home", by=workers[0])
    with later(1):
        third = Todo.objects.get(uid=push(ref="e3"))
        opens = queries.visiting_rules(workers[0]).opens
        assert (clock.local(third.not_before).day, clock.local(third.not_before).time()) == (1, opens)


def test_two_a_month_where_the_city_says_so(push, workers, installer):  # noqa: F811
    city.change(key="knocks_per_month", to=2, by=installer)
    first, second = push(ref="e1"), push(ref="e2")
    actions.settle(todo=first, outcome="settled", by=workers[0])
    with later(1):
        assert doors(workers[0]) == [second]


def test_an_invited_visit_uses_none(push, workers):  # noqa: F811
    first, second = push(ref="e1"), push(ref="e2")
    actions.settle(todo=first, outcome="settled", invited=True, by=workers[0])
    assert not Knock.objects.exists()
    with later(1):
        assert doors(workers[0]) == [second]
    assert Entry.objects.get(verb="todos.settle").details["knock"] == "invited"


def test_a_visit_beyond_the_budget_is_taken_in_and_the_trail_says_so(push, workers):  # noqa: F811
    first, second = push(ref="e1"), push(ref="e2")
    actions.settle(todo=first, outcome="settled", by=workers[0])
    with later(1):
        actions.settle(todo=second, outcome="not_at_home", by=workers[0])
    assert [one.details["knock"] for one in Entry.objects.filter(verb__in=("todos.settle", "todos.try")).order_by("pk")] == [
        "counted", "over_budget",
    ]  # fmt: skip


def test_an_invited_matter_is_walked_whatever_was_used(push, workers, installer):  # noqa: F811
    actions.settle(todo=push(ref="e1"), outcome="settled", by=workers[0])
    actions.admit(
        code="asked", kind="visit", department="civil_affairs", name_zh="预约", name_en="Asked", basis="演示", minutes=5,
        from_on=date(2026, 1, 1), invited=True, by=installer,
    )  # fmt: skip
    asked = push(ref="e9", admission="asked")
    with later(1):
        assert doors(workers[0]) == [asked]


def test_the_phone_gets_the_days_of_its_own_grid_alone(push, workers):  # noqa: F811
    actions.settle(todo=push(), outcome="settled", by=workers[0])
    seen = queries.visits_this_month(workers[0], grid=LEFT, households=["h0", "h1"])
    assert seen == {"h0": [clock.today()]}
    with pytest.raises(NotFound):
        queries.visits_this_month(workers[1], grid=LEFT, households=["h0"])
