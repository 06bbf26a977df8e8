"""Who is found, what changes when facts or rules do, and what never changes: people's decisions."""

from datetime import date, timedelta

import pytest
from service_town import ALLOWANCE, CHECKUP, OLD, VISIT

from wangge.ground.registry import actions as registry
from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden
from wangge.platform.clock import clock
from wangge.work.services import actions, states
from wangge.work.services.models import Entitlement
from wangge.work.services.states import DECIDED, TABLE
from wangge.work.todos import queries as inbox

pytestmark = pytest.mark.django_db


def open_todos(town):
    return inbox.todos(town.system, inbox.Filters(state="open"), limit=200).items


def test_the_rule_finds_doubts_and_passes_over(town):
    town.load(ALLOWANCE)
    entitled = town.person(**OLD)
    young = town.person(**OLD | {"birth_date": date(1950, 1, 1)})
    unknown = town.person(**OLD | {"receiving_old_age_allowance": None})
    found = town.screen().programmes[0]
    assert (found.entitled, found.not_entitled, found.undetermined, found.changed) == (1, 1, 1, 2)
    row = town.offer(entitled)
    assert (row.state, row.missing, row.to_ask) == ("proposed", "", "")
    assert "1940-03 出生，满 86 岁" in row.reason_zh
    assert "born 1940-03, aged 86" in row.reason_en
    assert town.offer(young) is None
    doubtful = town.offer(unknown)
    assert (doubtful.state, doubtful.missing) == ("undetermined", "receiving_old_age_allowance")
    assert doubtful.reason_en == "Not known yet: Receiving the old-age allowance"


def test_a_second_screening_changes_nothing(town):
    town.load(ALLOWANCE, VISIT, CHECKUP)
    for n in range(5):
        town.person(f"王{n}", **OLD | {"lives_alone": n % 2 == 0, "checkup_date": None})
    town.screen()
    town.push()
    before = list(Entitlement.objects.order_by("pk").values())
    assert [one.changed for one in town.screen().programmes] == [0, 0, 0]
    assert town.push().pushed == 0
    assert list(Entitlement.objects.order_by("pk").values()) == before


def test_age_comes_by_itself(town, later):
    town.load(ALLOWANCE)
    person = town.person(**OLD | {"birth_date": date(1946, 8, 10)})
    assert town.screen().programmes[0].entitled == 0
    with later(days=9):
        assert town.screen().programmes[0].entitled == 0
    with later(days=10):
        assert town.screen().programmes[0].entitled == 1
    assert town.offer(person).state == "proposed"


@pytest.mark.parametrize("state", DECIDED)
@pytest.mark.parametrize(
    "facts", [{}, {"receiving_old_age_allowance": True}, {"birth_date": date(1990, 1, 1)}]
)
def test_a_screening_never_undoes_a_decision(town, later, state, facts):
    town.load(ALLOWANCE)
    person = town.person(**OLD)
    town.screen()
    Entitlement.objects.update(
        state=state, decided_by="user:somebody", decided_at=clock.now(), note="as it was"
    )
    with later(days=1):
        if facts:
            town.now(person, **facts)
        town.screen()
        town.screen(persons=[person])
        town.push()
    row = town.offer(person)
    assert (row.state, row.note, row.decided_by, row.round) == (state, "as it was", "user:somebody", 1)
    assert Entitlement.objects.count() == 1
    assert open_todos(town) == []


def test_the_table_has_no_line_by_which_a_rule_or_a_delivery_leaves_a_decision():
    for move in TABLE:
        if move.who in ("screening", "delivery"):
            for state in set(move.states.split()) & set(DECIDED):
                assert move.leads_to(state) == state, move
    assert {m.who for m in TABLE if "declined" in m.states.split()} == {"resident"}


def test_what_is_lost_before_anybody_acted_lapses_and_its_todo_goes(town, later):
    town.load(VISIT)
    person = town.person(**OLD | {"lives_alone": True})
    town.screen()
    town.push()
    assert len(open_todos(town)) == 1
    with later(days=1):
        town.now(person, lives_alone=False)
        assert town.screen(persons=[person]).programmes[0].changed == 1
    assert town.offer(person, "alone_visit").state == "lapsed"
    assert open_todos(town) == []
    with later(days=2):
        town.now(person, lives_alone=True)
        town.screen(persons=[person])
        town.push()
    row = town.offer(person, "alone_visit")
    assert (row.state, row.round) == ("pushed", 1)
    assert len(open_todos(town)) == 1


def test_a_doubt_about_a_pushed_offer_takes_nothing_back(town, later):
    town.load(VISIT)
    person = town.person(**OLD | {"lives_alone": True})
    town.screen()
    town.push()
    with later(days=1):
        more = {
            "conditions": "age >= 75\nlives_alone = yes\ninsured_year = 2026",
            "elements": "birth_date,lives_alone,insured_year",
        }
        town.load(VISIT | more)
        assert town.screen().programmes[0].undetermined == 1
    assert town.offer(person, "alone_visit").state == "pushed"
    assert len(open_todos(town)) == 1


def test_a_rule_that_ends_finds_nobody_and_pushes_nobody(town, later):
    town.load(VISIT | {"to": "2026-07-31"})
    pushed, waiting = (town.person(n, **OLD | {"lives_alone": True}) for n in "甲乙")
    town.screen(persons=[pushed])
    town.push()
    town.screen()
    with later(days=1):
        assert town.push().pushed == 0
        found = town.screen().programmes[0]
        assert (found.in_force, found.entitled, found.changed) == (False, 0, 2)
        assert town.push().pushed == 0
    assert {town.offer(p, "alone_visit").state for p in (pushed, waiting)} == {"lapsed"}
    assert open_todos(town) == []


def test_a_later_version_changes_the_list_from_its_day_on(town, later):
    town.load(ALLOWANCE)
    town.load(ALLOWANCE | {"from": "2026-08-03", "conditions": "age >= 70\nregistered_here = yes"})
    person = town.person(**OLD | {"birth_date": date(1955, 1, 1)})
    assert town.screen().programmes[0].entitled == 0
    with later(days=2):
        assert town.screen().programmes[0].entitled == 0
    with later(days=3):
        assert town.screen().programmes[0].entitled == 1
    assert town.offer(person).version.from_on == date(2026, 8, 3)


def test_a_corrected_version_is_screened_before_it_is_pushed(town):
    town.load(VISIT)
    town.person(**OLD | {"lives_alone": True})
    town.screen()
    town.load(VISIT | {"conditions": "age >= 90\nlives_alone = yes"})
    assert town.push().pushed == 0
    town.screen()
    assert (town.push().pushed, Entitlement.objects.get().state) == (0, "lapsed")


def test_a_service_given_is_offered_anew_only_where_its_programme_says_when(town, later):
    town.load(VISIT | {"again_days": 30}, VISIT | {"code": "once_only", "name_zh": "一次性探访"})
    person = town.person(**OLD | {"lives_alone": True})
    town.screen()
    town.push()
    for code in ("alone_visit", "once_only"):
        town.settle(town.offer(person, code), "settled")
    with later(days=29):
        town.screen()
    assert Entitlement.objects.count() == 2
    with later(days=30):
        town.screen()
        town.screen()
        assert town.push().pushed == 1
    assert [(r.programme.code, r.round, r.state) for r in Entitlement.objects.select_related("programme").order_by("pk")] == [
        ("alone_visit", 1, "settled"), ("once_only", 1, "settled"), ("alone_visit", 2, "pushed"),
    ]  # fmt: skip


def test_what_was_offered_to_two_ids_of_one_person_becomes_one_offer(town, later):
    town.load(VISIT)
    keep, gone = (town.person(n, **OLD | {"lives_alone": True}) for n in ("王秀兰", "王秀蘭"))
    town.screen()
    town.push()
    town.settle(town.offer(gone, "alone_visit"), "declined")
    with later(days=1):
        registry.merge(keep=keep, gone=gone, by=town.system)
        town.screen()
        town.push()
    assert town.offer(gone, "alone_visit").state == "declined"
    assert town.offer(keep, "alone_visit").state == "lapsed"
    assert open_todos(town) == []
    with later(days=2):
        town.screen(persons=[keep])
        town.screen(persons=[gone])
    assert Entitlement.objects.count() == 2
    assert town.offer(keep, "alone_visit").state == "lapsed"


def test_a_row_that_somebody_moved_meanwhile_is_left_alone(town, monkeypatch):
    from wangge.work.services import screening

    town.load(VISIT)
    person = town.person(**OLD | {"lives_alone": True})
    town.screen()
    town.now(person, lives_alone=False)
    written = screening.write

    def late(changes, by):
        Entitlement.objects.update(
            state="declined",
            decided_by="user:x",
            decided_at=clock.now(),
            changed_at=clock.now() + timedelta(seconds=1),
        )
        return written(changes, by)

    monkeypatch.setattr(screening, "write", late)
    assert town.screen(persons=[person]).programmes[0].changed == 0
    assert town.offer(person, "alone_visit").state == "declined"


def test_a_programme_reads_only_what_it_declares(town):
    from wangge.platform.audit.models import Entry

    town.load(VISIT)
    town.person(**OLD)
    town.screen()
    read = [e.details for e in Entry.objects.filter(verb="registry.columns")]
    assert [set(d["elements"]) for d in read] == [{"birth_date", "lives_alone", "place"}]
    assert [d["holder"] for d in read] == ["programme:alone_visit"]


def test_screening_is_not_everybodys(town):
    town.load(ALLOWANCE, CHECKUP)
    for name in ("worker", "leader", "planner"):
        with pytest.raises(Forbidden):
            actions.screen(by=getattr(town, name))
    found = actions.screen(by=town.health_clerk)
    assert [one.programme for one in found.programmes] == ["elderly_checkup"]
    assert actors.system("rescreen").kind == "system"


def test_absence_from_a_complete_list_is_an_answer(town, monkeypatch):
    from wangge.work.hub import queries as hub

    town.load(ALLOWANCE)
    person = town.person(**OLD | {"receiving_old_age_allowance": None})
    monkeypatch.setattr(hub, "absent_values", lambda: {"receiving_old_age_allowance": "no"})
    town.screen()
    row = town.offer(person)
    assert (row.state, row.missing) == ("proposed", "")
    assert "没有领取高龄津贴" in row.reason_zh


def test_every_state_is_reached_and_every_verb_is_somebodys():
    reached = {move.leads_to(state) for move in states.TABLE for state in move.states.split()}
    assert reached == set(states.STATES)
    assert set(states.OF_OUTCOME.values()) <= set(states.VERBS)


def test_older_ids_are_found_one_by_one_as_by_all_offers_at_once(town, monkeypatch):
    from wangge.work.services import merged

    town.load(VISIT)
    keep, gone, other = (town.person(n, **OLD | {"lives_alone": True}) for n in ("王秀兰", "王秀蘭", "李四"))
    town.screen()
    registry.merge(keep=keep, gone=gone, by=town.system)
    at_once = merged.Merged([keep, other])
    assert (at_once.others(keep), at_once.others(other)) == ([gone], [])
    monkeypatch.setattr(merged, "ONE_BY_ONE", 0)
    for persons in ([keep, other], [gone, other]):
        one_by_one = merged.Merged(persons)
        assert gone in one_by_one.others(keep)
        assert one_by_one.others(other) == []
