"""有疑问: a question about one look, its deadline, who must answer it and who may not, and the answer in words."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from service_town import ALLOWANCE, CHECKUP, EAST, OLD, account

from wangge.cores.tables.reading import read_table
from wangge.ground.registry import queries as people
from wangge.platform.access import actions as access
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.residents import actions, queries
from wangge.work.residents.models import Question
from wangge.work.residents.questions import Wanted
from wangge.work.services import queries as services

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(town):
    return town.person(phone="13800000001", **OLD | {"checkup_date": None})


@pytest.fixture
def me(town, person):
    account(town, "me", person)
    return town.me


@pytest.fixture
def looks(town, me, person, later):
    """By the post: the lines of a worker's look at the door and of a clerk's at the list."""
    town.load(ALLOWANCE, CHECKUP)
    town.screen()
    town.push()
    todo = town.todo(town.offer(person, "elderly_checkup")).uid
    people.open_person(town.worker, person, ["name", "phone"], task=f"todo:{todo}")
    services.entitlement(town.clerk, str(town.offer(person).uid))
    return {one.post.split(":")[0]: one for one in queries.who_looked(me)}


def ask(me, look, about="为什么查我的电话？"):
    return actions.ask_about_look(look=look.look, about=about, by=me)


def answer(uid, by, finding="needed", said="核对津贴名册需要看出生日期。"):
    actions.answer_question(question=uid, finding=finding, answer=said, by=by)


def test_a_question_has_a_number_a_state_and_a_deadline_in_working_days(town, me, looks):
    ask(me, looks["department_clerk"])
    (mine,) = queries.my_questions(me)
    assert (mine.number, mine.state, mine.state_zh) == ("Q2026-0731-01", "open", "待答复")
    # Friday 10:05 and five working days: the Friday after.
    assert clock.local(mine.due_at) == datetime(2026, 8, 7, 10, 5, tzinfo=clock.city_zone())
    assert (mine.left_zh, mine.left_en, mine.late) == ("剩 5 工作日", "5 working days left", False)
    assert (mine.to_zh, mine.about) == ("民政局", "为什么查我的电话？")


def test_the_deadline_is_the_citys_and_its_own_days_count(town, me, looks, later):
    city.change(key="question_limit", to="2 工作日", by=town.system)
    uid = ask(me, looks["department_clerk"])
    with later(days=1):  # Saturday morning: of Friday's seven hours 5 h 25 min have run, and nothing since
        assert queries.my_questions(me)[0].left_zh == "剩 1.2 工作日"
    with later(days=6):
        (mine,) = queries.my_questions(me)
        assert (mine.uid, mine.late, mine.left_zh[:2]) == (uid, True, "超时")
        assert (
            queries.question_counts(town.clerk).late
            == queries.questions(town.clerk, Wanted(late=True)).total
            == 1
        )


def test_a_department_answers_for_its_posts_and_the_data_office_for_workers(town, me, looks):
    ask(me, looks["department_clerk"])
    ask(me, looks["grid_worker"])
    by = {one.post_zh: one for one in queries.questions(town.officer, Wanted()).items}
    assert {post: one.to_zh for post, one in by.items()} == {
        "民政局部门经办人": "民政局", "网格员（社区）": "数据管理部门",
    }  # fmt: skip
    assert [one.department for one in queries.questions(town.clerk, Wanted()).items] == ["civil_affairs"]
    assert queries.questions(town.health_clerk, Wanted()).total == 0
    for name in ("worker", "lead", "leader", "planner", "me"):
        with pytest.raises(Forbidden):
            queries.questions(getattr(town, name), Wanted())


def test_who_must_answer_sees_the_look_and_who_looked_but_not_whose_data(town, me, person, looks):
    ask(me, looks["grid_worker"])
    (one,) = queries.questions(town.officer, Wanted()).items
    assert (one.who, one.purpose_zh, sorted(s.zh for s in one.saw)) == (
        "某worker",
        "老年人健康管理",
        ["姓名", "联系电话"],
    )
    assert "王秀兰" not in str(one.model_dump())
    assert person not in str(one.model_dump())
    assert "某worker" not in str([q.model_dump() for q in queries.my_questions(me)])


def test_who_looked_does_not_answer_and_a_colleague_does(town, me, looks):
    uid = ask(me, looks["department_clerk"])
    assert [one.mine for one in queries.questions(town.clerk, Wanted()).items] == [False]
    with pytest.raises(Conflict) as refused:
        answer(uid, town.clerk)
    assert refused.value.code == "own_look"
    with pytest.raises(NotFound):
        answer(uid, town.health_clerk)
    answer(uid, town.west_clerk)
    (mine,) = queries.my_questions(me)
    assert (mine.state, mine.finding_zh, mine.answer) == (
        "answered",
        "因工作需要查看",
        "核对津贴名册需要看出生日期。",
    )
    assert (mine.answered_zh, mine.left_zh, mine.late) == ("民政局部门经办人", "", False)
    with pytest.raises(Conflict):
        answer(uid, town.officer)


def test_a_clerk_of_one_area_sees_questions_of_those_who_live_there(town, looks, later):
    account(town, "other", town.person("李四", at=EAST, phone="13900000000", **OLD))
    town.screen()
    services.export(town.clerk, "old_age_allowance", opened=True)
    ask(town.other, next(one for one in queries.who_looked(town.other) if not one.own))
    assert queries.questions(town.west_clerk, Wanted()).total == 0
    assert queries.questions(town.clerk, Wanted()).total == 1


def test_one_question_about_a_look_waits_at_a_time_and_the_second_goes_to_the_data_office(town, me, looks):
    first = ask(me, looks["department_clerk"])
    assert ask(me, looks["department_clerk"], "再问一次") == first
    answer(first, town.officer)
    second = ask(me, looks["department_clerk"], "没说清楚")
    assert second != first
    newest, older = queries.my_questions(me)
    assert ({newest.uid, older.uid}, newest.department, older.department) == (
        {first, second},
        "",
        "civil_affairs",
    )
    assert newest.number.endswith("-02")


def test_only_looks_at_ones_own_data_and_not_ones_own_looks(town, me, person, looks):
    account(town, "other", town.person("李四", **OLD))
    for stranger in (looks["grid_worker"].look, "999999", "-1", "x", "", "9" * 30):
        with pytest.raises(NotFound):
            actions.ask_about_look(look=stranger, about="", by=town.other)
    queries.my_data(me)
    own = next(one for one in queries.who_looked(me) if one.own)
    with pytest.raises(Invalid):
        ask(me, own)
    with pytest.raises(Forbidden):
        ask(town.worker, looks["grid_worker"])
    with pytest.raises(Invalid):
        ask(me, looks["grid_worker"], "长" * 201)
    assert Question.objects.count() == 0


def test_an_answer_is_words_and_a_finding(town, me, looks):
    uid = ask(me, looks["grid_worker"])
    for finding, said in (("needed", " "), ("whatever", "好"), ("needed", "长" * 501)):
        with pytest.raises(Invalid):
            answer(uid, town.officer, finding, said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(uid=uid).update(state="answered")


def test_what_was_asked_and_answered_is_sealed_and_the_acts_are_recorded(town, me, looks):
    uid = ask(me, looks["grid_worker"])
    answer(uid, town.officer, "improper", "已批评并停用。")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT about, answer FROM residents_question")
        assert "查我的" not in str(cursor.fetchall())
    rows = Entry.objects.filter(object_kind="question", object_id=uid).order_by("id")
    assert [row.verb for row in rows] == ["residents.ask_about_look", "residents.answer_question"]
    assert rows[1].details["late"] is False


def test_the_list_goes_out_as_seen(town, me, looks):
    answer(ask(me, looks["grid_worker"]), town.officer)
    ask(me, looks["department_clerk"])
    both = queries.questions(town.officer, Wanted()).items
    assert [one.state for one in both] == ["open", "answered"]
    sheet = read_table(queries.export_questions(town.officer, Wanted(state="open")), name="x.xlsx")
    assert [row[4] for row in sheet.rows] == ["民政局"]


# The post in "who looked" says where it was held


def test_a_post_of_the_field_carries_the_community_in_which_it_was_held_then(town, me, person, looks, later):
    assert (looks["grid_worker"].post_zh, looks["grid_worker"].post_en) == (
        "网格员（社区）",
        "Grid worker (C)",
    )
    assert looks["department_clerk"].post_zh == "民政局部门经办人"
    uid = town.worker.id.removeprefix("user:")
    with later(days=1):
        access.end_grants(user=uid, role="grid_worker", by=town.system)
    with later(days=2):
        line = next(one for one in queries.who_looked(me) if one.post == "grid_worker")
        assert line.post_zh == "网格员（社区）"


def test_a_post_that_was_held_in_two_communities_is_placed_in_none(town, me, person, looks):
    uid = town.worker.id.removeprefix("user:")
    access.grant(
        user=uid,
        role="grid_worker",
        area=f"{EAST}001",
        by=town.system,
        from_at=clock.now() - timedelta(days=1),
    )
    line = next(one for one in queries.who_looked(me) if one.post == "grid_worker")
    assert line.post_zh == "网格员"
