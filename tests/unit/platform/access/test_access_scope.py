from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.platform.access import actions, actors, allowances, policy, purposes, queries
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, Unauthenticated
from wangge.platform.access.models import Grant
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit.models import Look
from wangge.platform.clock import clock

GRID, OTHER = "420502001001001", "420502001001002"


def test_a_scope_covers_its_area_and_nothing_beside_it(user_with, at_moment):
    _, worker = user_with("w", ("grid_worker", GRID))
    inside = scope(worker, "todos.see")
    assert inside.covers(GRID)
    assert not inside.covers(OTHER)
    assert not inside.covers(GRID[:12])


def test_a_grant_of_a_department_bounds_the_department_too(user_with, at_moment):
    _, clerk = user_with("c", ("department_clerk", "420502", "sanitation"))
    inside = scope(clerk, "cases.see")
    assert inside.covers("420502001", "sanitation")
    assert not inside.covers("420502001", "water")
    assert not inside.covers("420503", "sanitation")


def test_rows_that_lack_a_bounded_field_are_not_shown(user_with, at_moment):
    _, worker = user_with("w", ("grid_worker", GRID))
    assert list(scope(worker, "todos.see").rows(Grant.objects.all())) == []
    assert len(scope(worker, "todos.see").rows(Grant.objects.all(), area="area")) == 1


def statement(rows):
    with CaptureQueriesContext(connection) as asked:
        list(rows)
    return asked[-1]["sql"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_an_index_answers_which_rows_lie_in_an_area(db):
    grants = Grant.objects.filter(role="grid_worker")
    inside = Scope((("420502", ""),)).rows(grants, area="area")
    assert "LIKE" not in statement(inside)
    assert "access_grant_role (role=? AND area>? AND area<?)" in inside.explain()
    by_pattern = grants.filter(area__startswith="420502")
    assert "area>?" not in by_pattern.explain(), "startswith would do as well: say so in Scope.rows"


@pytest.mark.parametrize("prefix", ["4", "42", "429", "999", "4%", "4_", "A", "az", "甲", "4205z"])
def test_rows_and_single_things_lie_in_the_same_areas(user_with, at_moment, prefix):
    areas = ["", "4", "42", "4_", "4_2", "4%", "4%2", "4x2", "429", "43", "4290", "42999", "999", "99", "9991", "A", "A1",
             "B", "a", "az", "azz", "b", "甲", "甲1", "乙", "4205z", "4205zz", "4205"]  # fmt: skip
    user_with("u", *[("grid_worker", area) for area in areas])
    inside = Scope(((prefix, ""),))
    found = set(inside.rows(Grant.objects.all(), area="area").values_list("area", flat=True))
    assert found == {area for area in areas if inside.covers(area)}
    assert prefix not in areas or prefix in found


def test_two_grants_do_not_mix_their_bounds():
    both = Scope((("420502001", "water"), ("420503", "power")))
    assert not both.covers("420502001", "power")
    assert not both.covers("420503", "water")


def test_a_grant_holds_from_its_first_moment_until_its_last(user_with, installer, moment):
    with clock.moved(moment):
        uid, _ = user_with("w")
        actions.grant(
            user=uid,
            role="grid_worker",
            area=GRID,
            from_at=moment,
            to_at=moment + timedelta(hours=8),
            by=installer,
        )
    for hours, may in ((-1, False), (0, True), (7, True), (8, False)):
        with clock.moved(moment + timedelta(hours=hours)):
            assert policy.allows(actors.of_id(f"user:{uid}"), "todos.see") is may


def test_the_two_axes_of_a_case_are_kept_apart(user_with, installer, at_moment):
    uid, _ = user_with("d", ("dispatcher",))
    with pytest.raises(Conflict, match="both"):
        actions.grant(user=uid, role="duty_chief", by=installer)


def test_a_city_may_allow_both_axes_to_one_person(user_with, installer, at_moment):
    from wangge.platform.city import settings as city

    uid, _ = user_with("d", ("dispatcher",))
    city.change(key="roles_held_together", to=["duty_chief+dispatcher"], by=installer)
    actions.grant(user=uid, role="duty_chief", by=installer)
    assert policy.allows(actors.of_id(f"user:{uid}"), "cases.close")


def test_an_unknown_role_is_refused(user_with, installer, at_moment):
    uid, _ = user_with("x")
    with pytest.raises(Invalid):
        actions.grant(user=uid, role="king", by=installer)


def test_nobody_signed_in_and_no_grant_are_told_apart(user_with, at_moment):
    _, nobody = user_with("x")
    with pytest.raises(Forbidden):
        policy.require(nobody, "todos.see")
    with pytest.raises(Unauthenticated):
        policy.require(actors.PUBLIC, "todos.see")
    policy.require(actors.PUBLIC, "cases.report")


def test_a_person_is_opened_only_with_a_task_in_hand_and_leaves_a_row(user_with, at_moment):
    _, worker = user_with("w", ("grid_worker", GRID))
    with pytest.raises(Forbidden):
        purposes.open_person(worker, "p1", ["phone"])
    purposes.give(holder=worker.id, subjects=["p1"], task="todo:1", purpose="old_age")
    purposes.open_person(worker, "p1", ["phone"], task="todo:1")
    look = Look.objects.get()
    assert (look.subject, look.elements, look.task, look.post) == ("p1", ["phone"], "todo:1", "grid_worker")
    purposes.end(task="todo:1")
    with pytest.raises(Forbidden):
        purposes.open_person(worker, "p1", ["phone"], task="todo:1")


def test_a_purpose_at_a_place_is_held_by_whoever_may_act_there_now(user_with, at_moment):
    _, here = user_with("w1", ("grid_worker", GRID))
    _, there = user_with("w2", ("grid_worker", OTHER))
    purposes.give(holder=purposes.at_place("house"), subjects=["p1"], task="todo:1", purpose="old_age")
    purposes.open_person(here, "p1", ["phone"], stands_at=lambda place: GRID)
    with pytest.raises(Forbidden):
        purposes.open_person(there, "p1", ["phone"], stands_at=lambda place: GRID)
    with pytest.raises(Forbidden):
        purposes.open_person(here, "p1", ["phone"], stands_at=lambda place: None)


def test_residents_open_themselves_and_nobody_else(user_with, installer, at_moment):
    uid, _ = user_with("r")
    actions.bind_person(user=uid, person="p1", by=installer)
    resident = actors.of_id(f"user:{uid}")
    assert resident.kind == "resident"
    purposes.open_person(resident, "p1", ["phone"])
    with pytest.raises(Forbidden):
        purposes.open_person(resident, "p2", ["phone"])


def test_an_allowance_ends_when_its_agreement_does(db, moment):
    with clock.moved(moment):
        allowances.allow(
            kind="agreement",
            reference="a1",
            holder="civil_affairs",
            elements=["name"],
            purpose="elderly_service",
            from_at=moment,
            until=moment + timedelta(days=30),
        )
        assert allowances.allowed_elements(holder="civil_affairs") == {"name"}
        assert allowances.allowed_elements(holder="police") == set()
        allowances.end(kind="agreement", reference="a1")
        assert allowances.allowed_elements(holder="civil_affairs") == set()


def test_a_phone_acts_as_its_user_until_it_is_revoked(user_with, installer, at_moment):
    from wangge.platform.access.models import Device

    uid, worker = user_with("w", ("grid_worker", GRID))
    token = actions.enrol_device(user=uid, label="phone", by=installer)
    assert actors.of_device_token(token) == worker
    assert actors.of_device_token("guess") is None
    Device.objects.update(revoked_at=at_moment)
    assert actors.of_device_token(token) is None


def test_administrators_see_accounts_and_others_do_not(user_with, at_moment):
    _, administrator = user_with("a", ("administrator",))
    _, worker = user_with("w", ("grid_worker", GRID))
    assert {u.username for u in queries.users(administrator).items} == {"a", "w"}
    with pytest.raises(Forbidden):
        queries.users(worker)
