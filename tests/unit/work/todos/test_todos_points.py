"""To-dos on the map: the same rows as the lists', in the same scope, told apart by the place they are at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from test_todos_inbox import LEFT, RIGHT, heard, push, standing, town, workers  # noqa: F401  (the inbox's own piece of town)

from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.clock import clock
from wangge.work.todos import queries
from wangge.work.todos.filters import Filters


@pytest.fixture
def pushed(push):  # noqa: F811
    """Three at the left door, one of them late soon; one at the right door."""
    for n in range(2):
        push(0, ref=f"l{n}")
    push(0, ref="l2", due_at=clock.now() + timedelta(hours=1))
    push(1, ref="r0")


@pytest.fixture
def lead(user_with, workers):  # noqa: F811
    return user_with("lead", ("grid_lead", LEFT[:12]))[1]


@pytest.mark.parametrize("zoom", [5, 12, 15, 20])
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"state": "open"},
        {"state": "settled"},
        {"grid": LEFT},
        {"overdue": True},
        {"box": "111,30,111.1,30.1"},
    ],
    ids=str,
)
def test_the_points_of_a_filter_add_up_to_its_list(pushed, workers, lead, given, zoom):  # noqa: F811
    with clock.moved(clock.now() + timedelta(hours=2)):
        for actor in (lead, *workers):
            found = queries.points(actor, Filters(**given), zoom=zoom)
            assert (
                found.total
                == sum(one.count for one in found.items)
                == queries.todos(actor, Filters(**given)).total
            )


def test_a_door_is_one_group_that_lists_its_own(pushed, lead):
    with clock.moved(clock.now() + timedelta(hours=2)):
        left, right = sorted(queries.points(lead, zoom=20).items, key=lambda one: -one.count)
        assert (left.count, left.late, left.one_place, left.uid) == (3, 1, True, "")
        assert (right.count, right.label_zh) == (1, "高龄津贴")
        assert right.uid
        assert queries.todos(lead, Filters(box=left.box)).total == 3
        assert [one.uid for one in queries.todos(lead, Filters(box=right.box)).items] == [right.uid]


def test_far_away_both_doors_are_one_group_that_comes_apart(pushed, lead):
    (both,) = queries.points(lead, Filters(box="100,20,120,40"), zoom=5).items
    assert both.count == 4
    assert not both.one_place


@pytest.mark.parametrize("narrow", [0.0, 1000.0], ids=["plain", "by Morton codes"])
def test_both_ways_to_look_into_a_box_find_the_same(pushed, lead, monkeypatch, narrow):
    from wangge.ground.areas import grouping

    monkeypatch.setattr(grouping, "NARROW", narrow)
    for box, count in (
        ("111.04,30.04,111.06,30.06", 3),
        ("111.15,30.05,111.15,30.05", 1),
        ("111.06,30,111.14,30.1", 0),
    ):
        assert (
            queries.points(lead, Filters(box=box)).total
            == queries.todos(lead, Filters(box=box)).total
            == count
        )


def test_another_grid_s_to_dos_are_not_counted(pushed, workers, user_with):  # noqa: F811
    here, there = workers
    assert (queries.points(here).total, queries.points(there).total) == (3, 1)
    assert queries.points(here, Filters(grid=RIGHT)).total == 0
    assert {one.uid for one in queries.points(there).items} == {one.uid for one in queries.todos(there).items}
    with pytest.raises(Forbidden):
        queries.points(user_with("p", ("planner", ""))[1])


def test_what_is_no_box_is_refused(pushed, lead):
    for ask in (queries.points, queries.todos):
        with pytest.raises(Invalid):
            ask(lead, Filters(box="here"))
