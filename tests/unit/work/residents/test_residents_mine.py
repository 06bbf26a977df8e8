"""What a resident is shown and may do: own data, who looked, services, corrections, consents and mandates. Unbound: nothing."""

from datetime import timedelta

import pytest
from service_town import ALLOWANCE, CHECKUP, OLD, VISIT, account

from wangge.ground.registry import actions as registry
from wangge.ground.registry import queries as people
from wangge.ground.workforce import actions as workforce
from wangge.platform.access import actors, allowances
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Look
from wangge.platform.clock import clock
from wangge.work.residents import actions, queries
from wangge.work.services import queries as services
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(town):
    return town.person(phone="13800000001", **OLD | {"checkup_date": None})


@pytest.fixture
def me(town, person):
    account(town, "me", person)
    return town.me


READS = (
    queries.my_data, queries.who_looked, queries.my_services, queries.my_visits, queries.my_worker, queries.bindings,
    queries.corrections, queries.consents, queries.export,
)  # fmt: skip


@pytest.mark.parametrize("read", READS, ids=lambda f: f.__name__)
def test_unbound_nothing_is_shown(town, person, read):
    account(town, "unbound")
    for actor in (town.unbound, town.worker, town.officer, actors.PUBLIC):
        with pytest.raises(Exception) as refused:
            read(actor)
        assert refused.value.status in (401, 403)
    assert queries.me(town.unbound).bound is False


def test_my_data_has_value_source_date_and_freshness(town, me, person):
    data = {d.element: d for d in queries.my_data(me)}
    assert (data["name"].value, data["name"].label_zh) == ("王秀兰", "姓名")
    assert data["birth_date"].observed_at == (clock.now() - timedelta(days=30)).replace(microsecond=0)
    assert data["phone"].fresh
    assert [look.own for look in queries.who_looked(me)] == [True]


# Who looked


def test_who_looked_says_post_purpose_task_and_what_was_seen(town, me, person, later):
    town.load(CHECKUP)
    town.screen()
    town.push()
    todo = town.todo(town.offer(person, "elderly_checkup")).uid
    people.open_person(town.worker, person, ["name", "phone"], task=f"todo:{todo}")
    with later(minutes=5):
        services.entitlement(town.health_clerk, str(town.offer(person, "elderly_checkup").uid))
        lines = queries.who_looked(me)
    clerk, worker = lines
    assert (worker.post_zh, worker.purpose_zh, worker.task_zh) == (
        "网格员（社区）",
        "老年人健康管理",
        "免费体检（电话办）",
    )
    assert sorted(s.zh for s in worker.saw) == ["姓名", "联系电话"]
    assert (clerk.post_zh, clerk.post_en, clerk.task_zh) == ("卫健局部门经办人", "Clerk, Health", "免费体检")
    assert "某worker" not in str([line.model_dump() for line in lines])
    assert town.worker.id not in str([line.model_dump() for line in lines])


def test_who_looked_knows_looks_made_under_ids_that_were_merged(town, me, person, later):
    gone = town.person("王秀蘭", **OLD | {"checkup_date": None})
    town.load(CHECKUP)
    town.screen()
    services.export(town.health_clerk, "elderly_checkup", opened=True)
    before = {look.subject for look in Look.objects.all()}
    assert before == {person, gone}
    with later(days=1):
        registry.merge(keep=gone, gone=person, by=town.system)
        assert len([look for look in queries.who_looked(me) if not look.own]) == 2
        account(town, "kept", gone)
        assert len([look for look in queries.who_looked(town.kept) if not look.own]) == 2


def test_nobody_sees_who_looked_at_others(town, me, person):
    other = town.person("李四", **OLD)
    account(town, "other", other)
    queries.my_data(me)
    assert queries.who_looked(town.other) == []


# Services and visits


def test_my_services_my_visits_and_declining(town, me, person):
    town.load(ALLOWANCE, CHECKUP)
    town.screen()
    town.push()
    mine = {s.programme: s for s in queries.my_services(me)}
    assert {p: s.state for p, s in mine.items()} == {
        "old_age_allowance": "to_confirm",
        "elderly_checkup": "pushed",
    }
    visits = queries.my_visits(me)
    assert [(v.title_zh, v.state, v.department_zh) for v in visits] == [
        ("免费体检（电话办）", "open", "卫健局")
    ]
    actions.decline_service(entitlement=mine["elderly_checkup"].uid, by=me)
    assert queries.my_visits(me)[0].state == "withdrawn"
    town.screen()
    town.push()
    after = {s.programme: s for s in queries.my_services(me)}
    assert (after["elderly_checkup"].state, after["elderly_checkup"].may_ask_again) == ("declined", True)
    actions.ask_for_service(entitlement=mine["elderly_checkup"].uid, by=me)
    town.screen()
    town.push()
    assert {s.programme: s.state for s in queries.my_services(me)}["elderly_checkup"] == "pushed"


def test_nobody_declines_for_others(town, me, person):
    town.load(ALLOWANCE)
    town.screen()
    account(town, "other", town.person("李四", **OLD))
    uid = queries.my_services(me)[0].uid
    for actor in (town.other, town.worker, town.clerk):
        with pytest.raises((NotFound, Forbidden)):
            actions.decline_service(entitlement=uid, by=actor)


def test_my_worker_is_whoever_is_on_duty_where_i_live(town, me):
    assert queries.my_worker(me).on_duty is False
    uid = town.worker.id.removeprefix("user:")
    made = workforce.add_worker(
        user=uid, name="赵敏", kind="full_time", phone="13900000001", community="420502001001", by=town.system
    )
    workforce.assign(worker=made, grid="420502001001001", kind="main", from_at=clock.now(), by=town.system)
    found = queries.my_worker(me)
    assert (found.on_duty, found.name, found.phone) == (True, "赵*", "13900000001")


def test_a_copy_holds_it_all_and_is_recorded(town, me, person):
    from wangge.cores.tables.reading import read_table, sheet_names

    town.load(ALLOWANCE)
    town.screen()
    name, content = queries.export(me)
    assert name == "my-data-2026-07-31.xlsx"
    assert sheet_names(content) == ("我的信息", "谁看过", "我的服务")
    assert {row[0]: row[1] for row in read_table(content, sheet="我的信息").rows}["姓名"] == "王秀兰"
    assert read_table(content, sheet="我的服务").rows[0][0] == "高龄津贴"
    assert Look.objects.filter(subject=person, purpose="own_data").count() == 2


# Corrections


def test_a_correction_of_what_no_authority_settles_stands_at_once(town, me, person, later):
    with later(days=1):
        actions.ask_correction(element="lives_alone", value="yes", by=me)
        found = {d.element: d for d in queries.my_data(me)}
        assert found["lives_alone"].value == "yes"
    assert [(c.element, c.todo) for c in queries.corrections(me)] == [("lives_alone", "")]


def test_a_correction_against_an_authority_becomes_a_visit_that_costs_no_knock(town, me, person, later):
    import pyarrow as pa

    registry.fold_rows(
        feed="police", department="police", batch="p", observed_at=clock.now(), by=town.system,
        rows=pa.table({"person": [person], "row": [1], "name": ["王秀蘭"]}),
    )  # fmt: skip
    actions.admit_corrections(department="civil_affairs", basis="演示", from_on=clock.today(), by=town.system)
    with later(days=1):
        actions.ask_correction(element="name", value="王秀兰", note="名字写错了", by=me)
        asked = queries.corrections(me)[0]
        assert (asked.state, asked.state_zh) == ("to_confirm", "待上门核实")
        todo = inbox.todo(town.worker, asked.todo)
        assert (todo.elements, todo.not_before, todo.department) == (["name"], None, "police")
        assert {d.element: d.value for d in queries.my_data(me)}["name"] == "王秀蘭"
    with later(days=2):
        todos.settle(todo=asked.todo, outcome="corrected", values={"name": "王秀兰"}, by=town.worker)
        assert {d.element: d.value for d in queries.my_data(me)}["name"] == "王秀兰"
        ended = queries.corrections(me)[0]
        assert (ended.state, ended.outcome) == ("settled", "corrected")


def test_without_an_admission_a_correction_is_noted_and_nobody_comes(town, me, person, later):
    import pyarrow as pa

    registry.fold_rows(
        feed="police", department="police", batch="p", observed_at=clock.now(), by=town.system,
        rows=pa.table({"person": [person], "row": [1], "name": ["王秀蘭"]}),
    )  # fmt: skip
    with later(days=1):
        actions.ask_correction(element="name", value="王秀兰", by=me)
    assert [c.state for c in queries.corrections(me)] == ["noted"]
    assert inbox.todos(town.system).total == 0


@pytest.mark.parametrize("element,value", [("hukou_score", "1"), ("area", "2"), ("birth_date", "long ago")])
def test_what_can_not_be_is_refused(town, me, element, value):
    with pytest.raises(Invalid):
        actions.ask_correction(element=element, value=value, by=me)
    assert queries.corrections(me) == []


# Consents and mandates


def test_a_consent_allows_what_it_names_until_it_is_withdrawn(town, me, person, later):
    until = clock.now() + timedelta(days=30)
    uid = actions.give_consent(
        department="health", purpose="checkup_reminder", elements=["phone"], until=until, by=me
    )
    asked = {"holder": "health", "purpose": "checkup_reminder"}
    assert allowances.allowed_elements(**asked, subject=person) == {"phone"}
    assert allowances.allowed_elements(**asked) == set()
    assert allowances.allowed_elements(**asked, subject="somebody") == set()
    with later(days=31):
        assert allowances.allowed_elements(**asked, subject=person) == set()
    account(town, "other", town.person("李四", **OLD))
    with pytest.raises(NotFound):
        actions.withdraw_consent(consent=uid, by=town.other)
    actions.withdraw_consent(consent=uid, by=me)
    with later(minutes=1):
        assert allowances.allowed_elements(**asked, subject=person) == set()
    assert queries.consents(me)[0].withdrawn_at is not None


@pytest.mark.parametrize(
    "change",
    [{"department": "nobody"}, {"elements": []}, {"elements": ["score"]}, {"purpose": " "}, {"until": -1}],
    ids=str,
)
def test_a_consent_needs_whom_what_and_until_when(town, me, change):
    given = {"department": "health", "purpose": "随访", "elements": ["phone"], "until": 30} | change
    given["until"] = clock.now() + timedelta(days=given["until"])
    with pytest.raises(Invalid):
        actions.give_consent(**given, by=me)
    assert queries.consents(me) == []


def test_a_relative_with_a_mandate_sees_and_declines_until_it_ends(town, me, person, later):
    town.load(ALLOWANCE, VISIT)
    town.now(person, lives_alone=True)
    town.screen()
    account(town, "daughter")
    uid, code = actions.offer_mandate(label="女儿", until=clock.now() + timedelta(days=90), by=me)
    with pytest.raises(NotFound):
        queries.services_on_behalf(town.daughter, uid)
    actions.accept_mandate(code=code, by=town.daughter)
    with pytest.raises(Invalid):
        actions.accept_mandate(code=code, by=town.clerk)
    hers = queries.services_on_behalf(town.daughter, uid)
    assert {s.programme for s in hers} == {"old_age_allowance", "alone_visit"}
    actions.decline_service(entitlement=hers[0].uid, by=town.daughter)
    assert [m.mine for m in queries.mandates(me)] == [True]
    assert [m.mine for m in queries.mandates(town.daughter)] == [False]
    with pytest.raises(Forbidden):
        queries.my_data(town.daughter)
    with later(days=91), pytest.raises(NotFound):
        queries.services_on_behalf(town.daughter, uid)
    actions.end_mandate(mandate=uid, by=me)
    with later(minutes=1):
        with pytest.raises(NotFound):
            queries.services_on_behalf(town.daughter, uid)
        with pytest.raises(NotFound):
            actions.decline_service(entitlement=hers[1].uid, by=town.daughter)
    account(town, "stranger")
    with pytest.raises(NotFound):
        actions.end_mandate(mandate=uid, by=town.stranger)


def test_nobody_accepts_their_own_mandate_or_binds_by_it(town, me, person):
    _, code = actions.offer_mandate(label="我", until=clock.now() + timedelta(days=9), by=me)
    with pytest.raises(Invalid):
        actions.accept_mandate(code=code, by=me)
    account(town, "other")
    with pytest.raises(Invalid):
        actions.bind(code=code, by=town.other)
    with pytest.raises(Conflict):
        actions.bind(code=code, by=me)


# Asking the worker


def test_what_is_asked_of_the_worker_stands_in_her_inbox_once_and_costs_no_knock(town, me, person):
    actions.admit_asking(department="civil_affairs", basis="演示", from_on=clock.today(), by=town.system)
    todo = actions.ask_worker(how="visit", about="高龄津贴 怎么办", by=me)
    assert actions.ask_worker(how="call", about="还是高龄津贴", by=me) == todo
    found = inbox.todo(town.worker, todo)
    assert (found.title_zh, found.reason_zh, found.not_before) == (
        "居民预约上门",
        "本人说：高龄津贴 怎么办",
        None,
    )
    assert [(visit.uid, visit.asked) for visit in queries.my_visits(me)] == [(todo, True)]
    todos.settle(todo=todo, outcome="settled", by=town.worker)
    assert actions.ask_worker(how="call", about="又有一件", by=me) != todo


def test_without_an_admission_nobody_is_asked(town, me, person):
    assert queries.my_worker(me).may_ask is False
    with pytest.raises(Conflict):
        actions.ask_worker(how="visit", about="来一下", by=me)
    actions.admit_asking(department="civil_affairs", basis="演示", from_on=clock.today(), by=town.system)
    for about in ("", " ", "字" * 101):
        with pytest.raises(Invalid):
            actions.ask_worker(how="visit", about=about, by=me)
    assert inbox.todos(town.system).total == 0
