"""From an offer to its outcome: the clerk's list, the door, the person's own word; and what the department hears."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from service_town import ALLOWANCE, CHECKUP, OLD, VISIT, WEST, account

from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Look
from wangge.platform.clock import clock
from wangge.platform.connectors import outbox
from wangge.work.hub import queries as hub
from wangge.work.services import actions, queries
from wangge.work.services.models import Entitlement
from wangge.work.todos import queries as inbox

pytestmark = pytest.mark.django_db


def returned(town, department="civil_affairs"):
    return [
        (r.programme, r.outcome)
        for r in hub.return_feed(town.clerk if department == "civil_affairs" else town.health_clerk).items
    ]


def offered(town, programme=ALLOWANCE, **facts):
    """A person with an offer that has gone out."""
    town.load(programme)
    person = town.person(**OLD | {"lives_alone": True, "checkup_date": None} | facts)
    town.screen()
    town.push()
    return town.offer(person, programme["code"])


# Granted without application


def test_where_data_suffice_nobody_knocks(town):
    row = offered(town)
    assert row.state == "to_confirm"
    assert inbox.todos(town.system).total == 0
    waiting = queries.to_confirm(town.clerk)
    assert [(w.uid, w.name, w.verbs) for w in waiting.items] == [
        (str(row.uid), "王秀兰", ["confirm", "refuse"])
    ]
    assert "满 86 岁" in waiting.items[0].reason_zh
    look = Look.objects.get(purpose="elderly_service")
    assert (look.subject, look.post, look.task) == (
        row.person,
        "department_clerk:civil_affairs",
        "programme:old_age_allowance",
    )


def test_what_is_confirmed_and_not_declined_settles_by_its_day(town, later):
    row = offered(town)
    assert actions.confirm(entitlements=[str(row.uid)], by=town.clerk) == 1
    row.refresh_from_db()
    assert (row.state, row.decline_until, row.decided_by) == ("confirmed", date(2026, 8, 10), town.clerk.id)
    with later(days=10):
        assert town.push().settled == 0
    with later(days=11):
        assert town.push().settled == 1
        assert town.push().settled == 0
    row.refresh_from_db()
    assert (row.state, row.outcome, row.decided_by) == ("settled", "settled", town.clerk.id)
    assert returned(town) == [("old_age_allowance", "settled")]


def test_the_person_may_decline_until_then_and_it_stays_declined(town, later):
    row = offered(town)
    account(town, "self", row.person)
    actions.confirm(entitlements=[str(row.uid)], by=town.clerk)
    assert queries.my_services(town.self)[0].may_decline
    actions.decline(entitlement=str(row.uid), by=town.self)
    with later(days=30):
        town.screen()
        assert town.push().settled == 0
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("declined", town.self.id)
    assert returned(town) == [("old_age_allowance", "declined")]
    with pytest.raises(Conflict):
        actions.reopen(entitlement=str(row.uid), why="再问一次", by=town.clerk)
    with pytest.raises(Conflict):
        actions.confirm(entitlements=[str(row.uid)], by=town.clerk)


def test_only_the_person_takes_a_decline_back(town):
    row = offered(town)
    account(town, "self", row.person)
    account(town, "other", town.person("李四", **OLD))
    actions.decline(entitlement=str(row.uid), by=town.self)
    for somebody in (town.other, town.clerk, town.worker, town.officer):
        with pytest.raises((NotFound, Forbidden)):
            actions.ask_again(entitlement=str(row.uid), by=somebody)
    actions.ask_again(entitlement=str(row.uid), by=town.self)
    town.screen()
    town.push()
    row.refresh_from_db()
    assert row.state == "to_confirm"


def test_what_became_doubtful_after_confirming_waits_for_the_clerk(town, later):
    row = offered(town)
    actions.confirm(entitlements=[str(row.uid)], by=town.clerk)
    with later(days=5):
        town.now(row.person, receiving_old_age_allowance=True)
        town.screen()
    with later(days=20):
        assert town.push().settled == 0
        doubtful = queries.to_confirm(town.clerk).items
        assert [(d.uid, d.stands, d.verbs) for d in doubtful] == [(str(row.uid), False, ["refuse", "uphold"])]
        actions.refuse(entitlement=str(row.uid), why="已经领取", by=town.clerk)
    row.refresh_from_db()
    assert (row.state, row.note) == ("refused", "已经领取")


def test_refusing_needs_a_reason_and_the_person_reads_it(town):
    row = offered(town)
    account(town, "self", row.person)
    with pytest.raises(Invalid):
        actions.refuse(entitlement=str(row.uid), why="  ", by=town.clerk)
    actions.refuse(entitlement=str(row.uid), why="户籍在外区", by=town.clerk)
    mine = queries.my_services(town.self)[0]
    assert (mine.state, mine.note) == ("refused", "户籍在外区")
    actions.reopen(entitlement=str(row.uid), why="查证无误", by=town.clerk)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_confirming_is_all_or_none_and_the_clerks_alone(town):
    row = offered(town)
    other = offered(town, CHECKUP | {"mode": "no_application"})
    with pytest.raises(NotFound):
        actions.confirm(entitlements=[str(row.uid), str(other.uid)], by=town.clerk)
    row.refresh_from_db()
    assert row.state == "to_confirm"
    for name in ("worker", "leader", "officer", "planner"):
        with pytest.raises(Forbidden):
            actions.confirm(entitlements=[str(row.uid)], by=getattr(town, name))
    with pytest.raises(NotFound):
        actions.confirm(entitlements=["no-such"], by=town.clerk)
    with pytest.raises(Invalid):
        actions.confirm(entitlements=[str(n) for n in range(41)], by=town.clerk)


def test_two_clerks_at_once_one_is_told(town):
    row = offered(town)
    actions.confirm(entitlements=[str(row.uid)], by=town.clerk)
    with pytest.raises(Conflict) as told:
        actions.confirm(entitlements=[str(row.uid)], by=town.west_clerk)
    assert told.value.code == "moved_on"


def test_who_has_a_number_on_record_is_told_if_the_programme_says_so(town):
    from wangge.entry.jobs import worker

    row = offered(town, ALLOWANCE | {"elements": ALLOWANCE["elements"] + ",phone"}, phone="13800000001")
    assert row.state == "to_confirm"
    actions.confirm(entitlements=[str(row.uid)], by=town.clerk)
    worker.drain()
    worker.drain()
    sent = outbox.messages("13800000001")
    assert len(sent) == 1
    assert "高龄津贴" in sent[0].text
    assert "8月10日" in sent[0].text
    assert "1940" not in sent[0].text


# At the door


def test_what_is_missing_is_asked_for_on_behalf_and_nothing_else(town, later):
    row = offered(town, bank_account_held=False)
    assert (row.state, row.to_ask) == ("pushed", "bank_account_held")
    todo = town.todo(row)
    assert (todo.title_zh, todo.elements, todo.department) == (
        "高龄津贴（代办）",
        ["bank_account_held"],
        "civil_affairs",
    )
    assert "满 86 岁" in todo.reason_zh
    assert todo.reason_zh.endswith("需要问清：已登记开户行")
    assert todo.reason_en.endswith("To be asked: Bank details held")
    assert todo.due_at == clock.now() + timedelta(days=15)
    with later(hours=1):
        town.settle(row, "settled", values={"bank_account_held": "yes"}, minutes=12)
    row.refresh_from_db()
    assert (row.state, row.outcome, row.decided_by) == ("settled", "settled", town.worker.id)
    assert returned(town) == [("old_age_allowance", "settled")]


@pytest.mark.parametrize(
    "outcome,state",
    [("settled", "settled"), ("not_needed", "not_needed"), ("declined", "declined"), ("moved_away", "mismatch"),
     ("deceased", "mismatch"), ("mismatch", "mismatch")],
)  # fmt: skip
def test_every_outcome_at_the_door_moves_the_offer_and_goes_back(town, later, outcome, state):
    row = offered(town, CHECKUP)
    with later(hours=1):
        town.settle(row, outcome)
    row.refresh_from_db()
    assert (row.state, row.outcome) == (state, outcome)
    assert returned(town, "health") == [("elderly_checkup", outcome)]
    with later(days=1):
        town.screen()
        assert town.push().pushed == 0
    assert queries.counts(town.officer, programme="elderly_checkup")[0].states == {state: 1}


def test_nobody_at_home_is_no_outcome(town, later):
    row = offered(town, VISIT)
    with later(hours=1):
        town.settle(row, "not_at_home")
    row.refresh_from_db()
    assert (row.state, returned(town)) == ("pushed", [])


def test_declining_in_the_portal_takes_the_todo_back(town):
    row = offered(town, VISIT)
    account(town, "self", row.person)
    actions.decline(entitlement=str(row.uid), by=town.self)
    assert inbox.todos(town.system, inbox.Filters(state="open")).total == 0
    assert returned(town) == [("alone_visit", "declined")]
    with pytest.raises(Conflict):
        town.settle(row, "settled")


def test_who_lives_nowhere_known_waits_without_a_todo(town):
    town.load(VISIT, ALLOWANCE)
    person = town.person(at=None, **OLD | {"lives_alone": True})
    town.screen()
    pushed = town.push()
    assert (pushed.pushed, pushed.listed, pushed.without_place) == (0, 1, 1)
    assert (town.offer(person, "alone_visit").state, town.offer(person).state) == ("proposed", "to_confirm")


def test_the_same_offer_is_never_pushed_twice(town):
    offered(town, VISIT)
    for _ in range(3):
        town.screen()
        town.push()
    assert inbox.todos(town.system).total == 1
    Entitlement.objects.update(state="proposed")
    town.push()
    assert inbox.todos(town.system).total == 1


# Who sees what


def test_lists_counts_and_exports_are_one_scope(town):
    town.load(ALLOWANCE, CHECKUP)
    for n in range(3):
        town.person(f"西{n}", **OLD | {"checkup_date": None})
    town.person("东一", at="420502001002", **OLD)
    town.person("东二", at="420502001002", **OLD | {"receiving_old_age_allowance": None})
    town.screen()
    whole = {"old_age_allowance": 4, "elderly_checkup": 3}
    for name, expected in {
        "officer": whole, "leader": whole, "clerk": {"old_age_allowance": 4}, "west_clerk": {"old_age_allowance": 3},
        "health_clerk": {"elderly_checkup": 3},
    }.items():  # fmt: skip
        actor = getattr(town, name)
        assert {c.programme: c.not_receiving for c in queries.counts(actor) if c.not_receiving} == expected
        for code, count in expected.items():
            listed = queries.entitled_not_receiving(actor, code)
            assert (listed.total, len(listed.items)) == (count, count)
            assert len(_rows_of(queries.export(actor, code)[1])) == count
        assert queries.entitled_not_receiving(actor).total == sum(expected.values())
        for state in ("proposed", "undetermined"):
            figures = {c.programme: c.states.get(state, 0) for c in queries.counts(actor)}
            for code, count in figures.items():
                assert queries.entitled_not_receiving(actor, code, state=state).total == count
    assert queries.entitled_not_receiving(town.officer, area=WEST).total == 6
    assert queries.counts(town.officer, area=WEST)[-1].not_receiving == 3
    assert [c.programme for c in queries.counts(town.health_clerk)] == ["elderly_checkup"]


def _rows_of(content):
    from wangge.cores.tables.reading import read_table

    return read_table(content, name="x.xlsx").rows


def test_a_list_is_masked_and_an_export_is_a_look_at_everybody_in_it(town):
    town.load(ALLOWANCE)
    persons = [town.person(n, **OLD) for n in ("王秀兰", "欧阳小明")]
    town.screen()
    listed = queries.entitled_not_receiving(town.leader, "old_age_allowance").items
    assert sorted(i.name for i in listed) == ["欧**明", "王*兰"]
    assert not any("1940" in str(i.model_dump()) for i in listed)
    name, content = queries.export(town.clerk, "old_age_allowance")
    assert sorted(row[1] for row in _rows_of(content)) == ["欧**明", "王*兰"]
    assert "1940" not in str(_rows_of(content))
    assert Look.objects.count() == 0
    name, content = queries.export(town.clerk, "old_age_allowance", opened=True)
    assert name == "old_age_allowance-2026-07-31.xlsx"
    assert {row[1] for row in _rows_of(content)} == {"王秀兰", "欧阳小明"}
    assert set(Look.objects.values_list("subject", flat=True)) == set(persons)


def test_who_has_no_part_in_a_programme_opens_nobody_and_exports_what_they_see(town):
    row = offered(town)
    for name in ("leader", "officer"):
        with pytest.raises(Forbidden):
            queries.entitlement(getattr(town, name), str(row.uid))
        (line,) = _rows_of(queries.export(getattr(town, name), "old_age_allowance")[1])
        assert "*" in line[1]
        assert row.reason_zh not in line
        with pytest.raises(Forbidden):
            queries.export(getattr(town, name), "old_age_allowance", opened=True)
    assert Look.objects.count() == 0
    assert queries.entitlement(town.clerk, str(row.uid)).reason_zh
    assert Look.objects.count() == 1


def test_a_list_of_many_programmes_costs_what_a_list_of_one_costs(town):
    """Names of each programme's persons are read under its own leave, all of them at once."""
    town.load(ALLOWANCE, CHECKUP)
    for n in range(4):
        town.person(f"西{n}", **OLD | {"checkup_date": None})
    town.screen()

    def asked(programme=""):
        with CaptureQueriesContext(connection) as asked:
            listed = queries.entitled_not_receiving(town.officer, programme)
        return len(asked), {one.programme for one in listed.items}

    one, whole = asked("old_age_allowance"), asked()
    assert (len(one[1]), len(whole[1])) == (1, 2)
    assert whole[0] == one[0] <= 14


def test_what_lies_outside_looks_as_if_it_were_not_there(town):
    row = offered(town, at="420502001002")
    for name in ("west_clerk", "health_clerk"):
        with pytest.raises(NotFound):
            queries.entitlement(getattr(town, name), str(row.uid))
    with pytest.raises(NotFound):
        actions.refuse(entitlement=str(row.uid), why="不行", by=town.west_clerk)
    for name in ("worker", "lead", "planner"):
        with pytest.raises(Forbidden):
            queries.entitled_not_receiving(getattr(town, name), "old_age_allowance")
        with pytest.raises(Forbidden):
            queries.counts(getattr(town, name))


def test_an_ended_programme_shows_no_names(town, later):
    offered(town, ALLOWANCE | {"to": "2026-08-31"})
    with later(days=60):
        assert [i.name for i in queries.entitled_not_receiving(town.clerk).items] == [None]


def test_my_services_are_mine_and_explain_says_why(town):
    row = offered(town)
    account(town, "self", row.person)
    account(town, "unbound")
    mine = queries.my_services(town.self)
    assert [(m.programme, m.state_zh, m.department_zh) for m in mine] == [
        ("old_age_allowance", "待部门确认", "民政局")
    ]
    why = queries.explain(town.self, "old_age_allowance")
    assert (why.outcome, [f.holds for f in why.facts]) == ("entitled", [True, True, True])
    for ask in (
        lambda: queries.my_services(town.unbound),
        lambda: queries.explain(town.unbound, "old_age_allowance"),
    ):
        with pytest.raises(Forbidden):
            ask()
    with pytest.raises(Forbidden):
        queries.my_services(town.self, person=town.person("李四", **OLD))


def test_an_offer_that_was_at_the_door_once_may_come_back_by_data(town, later):
    row = offered(town, bank_account_held=False)
    with later(days=1):
        town.now(row.person, receiving_old_age_allowance=True)
        town.screen()
    with later(days=2):
        town.now(row.person, receiving_old_age_allowance=False, bank_account_held=True)
        town.screen()
        assert (town.push().listed, town.push().listed) == (1, 0)
    row.refresh_from_db()
    assert (row.state, row.due_at, town.todo(row).state) == ("to_confirm", None, "withdrawn")
