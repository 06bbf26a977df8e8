"""What else the caller of a case reported: known again by account, person or telephone, near in time, within one's own area."""

from importlib import import_module

import pytest
from case_town import EAST_HERE, HERE, bring
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden, Invalid, NotFound
from wangge.work.cases import actions, callers, queries
from wangge.work.cases.figures import Figure
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13800135521", "13900139999"


def call(by=actors.PUBLIC, where=HERE, **said):
    return actions.report(by=by, class_code="E0101", lon=where[0], lat=where[1], **said).uid


def listed(actor, case):
    return [one.uid for one in queries.cases(actor, Filters(caller_of=case)).items]


def test_the_same_telephone_however_it_is_written_is_the_same_caller(town, later):
    with later(days=-3):
        first = call(phone="138 0013 5521")
    taken_down = call(town.acceptor, phone="+86 13800135521", source="hotline")
    call(phone=OTHER)
    with later(minutes=5):
        case = call(phone=PHONE)
    told = queries.case(town.acceptor, case).calls
    assert (told.days, told.total) == (90, 2)
    assert [one.uid for one in told.items] == [taken_down, first]  # newest first
    assert listed(town.acceptor, case) == [taken_down, first]
    assert [one.uid for one in queries.case(town.chief, first).calls.items] == [case, taken_down]


def test_the_same_account_or_the_same_bound_person_is_the_same_caller(town, installer):
    first = call(town.citizen)
    other = f"user:{access.add_user(username='daughter', name='', password=None, by=installer)}"
    for account in (town.by["citizen"], other):
        access.bind_person(user=account.removeprefix("user:"), person="0198-anna", by=installer)
    second, third = call(town.citizen), call(actors.of_id(other))
    assert listed(town.chief, first) == [second]  # not bound yet when it was reported
    assert listed(town.chief, third) == [second]
    assert set(listed(town.chief, second)) == {first, third}


def test_whoever_took_the_call_down_is_not_the_one_who_called(town):
    call(town.acceptor, phone=OTHER, source="hotline")
    case = call(town.acceptor, phone=PHONE, source="hotline")
    assert queries.case(town.acceptor, case).calls.total == 0


def test_without_a_caller_nothing_is_said(town):
    patrol = bring(town, "to_accept", by=town.worker)
    bring(town, "to_accept", by=town.worker)
    nobody = bring(town, "to_accept")
    bring(town, "to_accept")
    for case in (patrol, nobody):
        assert queries.case(town.acceptor, case).calls is None
        assert listed(town.acceptor, case) == []


def test_it_reaches_ninety_days_back(town, later):
    with later(days=-91):
        old = call(phone=PHONE)
    with later(days=-90):
        just = call(phone=PHONE)
    case = call(phone=PHONE)
    assert listed(town.acceptor, case) == [just]
    # The old one is still open, hence in hand; once it is over nothing is asked about its caller.
    assert queries.case(town.acceptor, old).calls.total == 2
    actions.reject(case=old, reason="过期", by=town.acceptor)
    assert queries.case(town.acceptor, old).calls is None
    assert listed(town.acceptor, old) == []


def test_it_never_leaves_the_area(town, user_with, later):
    east = call(phone=PHONE, where=EAST_HERE)
    west = call(phone=PHONE)
    _uid, western = user_with("western", ("acceptor", "420502001001"))
    assert listed(town.acceptor, west) == [east]
    assert queries.case(western, west).calls.total == 0
    assert listed(western, west) == []
    with pytest.raises(NotFound):
        queries.cases(western, Filters(caller_of=east))
    with pytest.raises(NotFound):
        queries.cases(western, Filters(caller_of="no-such-case"))


def test_departments_crews_workers_and_leaders_hear_nothing_of_it(town):
    call(phone=PHONE)
    case = bring(town, "handling")
    Case.objects.filter(uid=case).update(reporter_phone=PHONE, reporter_phone_index=index_of(PHONE))
    assert queries.case(town.chief, case).calls.total == 1
    for who in (town.clerk, town.worker, town.leader, town.dispatcher, town.lead):
        assert queries.case(who, case).calls is None
        with pytest.raises(Forbidden):
            queries.cases(who, Filters(caller_of=case))


def index_of(phone):
    from wangge.platform.stores.sealing import blind_index
    from wangge.work.cases.models import PHONE as CONTEXT

    return blind_index(phone, CONTEXT)


def test_what_one_caller_reported_is_not_counted_mapped_or_exported(town):
    call(phone=PHONE)
    case = call(phone=PHONE)
    wanted = Filters(caller_of=case)
    for asked in (
        lambda: queries.counts(town.chief, wanted),
        lambda: queries.points(town.chief, wanted, zoom=15),
        lambda: queries.export(town.chief, wanted),
        lambda: queries.tally(town.chief, {"calls": Figure(wanted)}),
    ):
        with pytest.raises(Invalid) as told:
            asked()
        assert told.value.code == "calls_only_listed"


def test_a_caller_of_many_costs_the_same_queries_and_no_walk_through_the_table(town, plan_of):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            queries.case(town.acceptor, case)
        return len(statements)

    case = call(phone=PHONE)
    call(phone=PHONE)
    few = asked()
    for _ in range(4):
        call(phone=PHONE)
    assert asked() == few
    row = Case.objects.get(uid=case)
    row.reporter, row.reporter_person = "user:x", "0198-anna"
    plan = plan_of(lambda: callers.calls(town.acceptor, row), "cases_case")
    assert any("cases_case_caller" in line for line in plan), plan
    assert not any(line.startswith("SCAN cases_case") for line in plan), plan


def test_the_telephone_has_a_keyed_index_and_is_nowhere_in_clear(town):
    case = call(phone=PHONE)
    (kept,) = Case.objects.filter(uid=case).values_list("reporter_phone_index", flat=True)
    assert kept == index_of(PHONE)
    assert PHONE not in kept
    assert Case.objects.filter(uid=call()).values_list("reporter_phone_index", flat=True)[0] is None


def test_the_migration_indexes_what_was_reported_lately(town, later):
    with later(days=-91):
        old = call(phone=PHONE)
    case = call(phone=PHONE)
    Case.objects.update(reporter_phone_index=None)
    assert listed(town.acceptor, old) == []
    import_module("wangge.work.cases.migrations.0004_callers_of_late").index(apps, None)
    assert listed(town.acceptor, old) == [case]
    assert Case.objects.get(uid=old).reporter_phone_index is None
