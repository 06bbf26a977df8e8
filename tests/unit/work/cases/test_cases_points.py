"""Cases on the map: the same rows as the list's, gathered by zoom; nothing is lost and nothing is shown to others."""

from __future__ import annotations

import random

import pytest
from case_town import EAST_HERE, HERE, WEST

from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.clock import clock
from wangge.work.cases import actions, queries
from wangge.work.cases.filters import Filters


@pytest.fixture(scope="module")
def crowded(standing, writing, moment):
    """Forty cases in the west (three of them at one point), seven in the east, two nowhere; they stand for all tests here."""
    with writing(), clock.moved(moment):
        report_many(standing)


@pytest.fixture
def many(crowded, town):
    return town


def report_many(town):
    chance = random.Random(3)
    spots = [(chance.uniform(111.0, 111.09), chance.uniform(30.0, 30.1)) for _ in range(37)] + [HERE] * 3
    spots += [(chance.uniform(111.11, 111.19), chance.uniform(30.0, 30.1)) for _ in range(6)] + [EAST_HERE]
    for lon, lat in spots:
        actions.report(by=town.worker, class_code="E0101", description="垃圾", lon=lon, lat=lat)
    for _ in range(2):
        actions.report(by=town.worker, class_code="E0102", description="积水", address="某处")


FILTERS = [{}, {"open": True}, {"class_code": "E0101"}, {"area": WEST}, {"text": "积水"}, {"state": "closed"}]


@pytest.mark.parametrize("given", FILTERS, ids=str)
@pytest.mark.parametrize("zoom", [3, 10, 13, 16, 22])
def test_the_points_of_a_filter_add_up_to_its_list(many, given, zoom):
    for actor in (many.leader, many.chief, many.lead, many.east_dispatcher):
        filters = Filters(**given)
        found = queries.points(actor, filters, zoom=zoom)
        assert found.total == queries.cases(actor, filters).total
        assert found.total == found.without_point + sum(one.count for one in found.items)


def test_the_sum_would_not_hold_for_another_filter(many):
    assert queries.points(many.leader, Filters(area=WEST)).total != queries.cases(many.leader).total


@pytest.mark.parametrize("zoom", [8, 11, 13])
def test_a_group_s_box_lists_exactly_its_members(many, zoom):
    found = queries.points(many.leader, Filters(class_code="E0101"), zoom=zoom)
    assert any(one.count > 1 for one in found.items)
    seen: list[str] = []
    for one in found.items:
        page = queries.cases(many.leader, Filters(class_code="E0101", box=one.box))
        assert page.total == one.count
        seen += [case.uid for case in page.items]
    assert len(seen) == len(set(seen)) == 47


def test_one_alone_says_what_it_is_and_several_at_one_place_that_they_stay_together(many):
    found = queries.points(many.leader, Filters(class_code="E0101"), zoom=20)
    alone = [one for one in found.items if one.count == 1]
    assert alone
    assert all(one.uid and one.label_zh.startswith("暴露垃圾") for one in alone)
    near = ",".join(str(side) for side in (HERE[0] - 1e-4, HERE[1] - 1e-4, HERE[0] + 1e-4, HERE[1] + 1e-4))
    (together,) = queries.points(many.leader, Filters(box=near), zoom=20).items
    assert together.one_place
    assert together.count == 3
    assert not together.uid
    assert not any(one.one_place for one in found.items if one.count > 3)


def test_what_others_see_is_not_counted(many):
    whole, east = queries.points(many.leader), queries.points(many.east_dispatcher)
    assert 0 < east.total < whole.total
    assert {one.uid for one in east.items if one.uid} <= {
        one.uid for one in queries.cases(many.east_dispatcher, limit=200).items
    }
    with pytest.raises(Forbidden):
        queries.points(many.planner)


def test_a_box_bounds_points_and_list_alike(many):
    inside = Filters(box="111.0,30.0,111.1,30.1")
    assert queries.points(many.leader, inside).total == queries.cases(many.leader, inside).total == 40
    assert queries.points(many.leader, inside).without_point == 0


def test_an_answer_is_bounded_whatever_zoom_is_asked_for(many, monkeypatch):
    from wangge.ground.areas import grouping

    monkeypatch.setattr(grouping, "ACROSS", 2)
    assert len(queries.points(many.leader, zoom=22).items) <= 16


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "111,31,112,30", "0,0,400,1", "nan,0,1,1"])
def test_what_is_no_box_is_refused(many, box):
    with pytest.raises(Invalid):
        queries.points(many.leader, Filters(box=box))


def test_points_cost_the_same_however_many_there_are(many, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        queries.points(many.leader, Filters(box="111.0,30.0,111.2,30.1"), zoom=20)
