"""The hand-over book: one shift writes, somebody else of the same axis takes over, each axis has its own pages."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from case_town import EAST, EAST_HERE, bring
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.city import settings as city
from wangge.work.cases import actions, queries, shifts
from wangge.work.cases.filters import Filters
from wangge.work.cases.hand_over_records import BookFilters
from wangge.work.cases.handing_over import Named
from wangge.work.cases.models import Case, HandOver

pytestmark = pytest.mark.django_db


def book(who, **filters):
    return queries.book(who, BookFilters(**filters)).items


def test_one_shift_writes_and_the_next_takes_over_once(town, later):
    case = bring(town, "to_file")
    uid = actions.hand_over(said="  井盖先围挡\n下午复查 ", cases=[Named(case, "等照片")], by=town.acceptor)
    (page,) = book(town.chief)
    assert (page.uid, page.axis, page.area, page.post, page.name) == (
        uid,
        "supervision",
        "420502001",
        "acceptor",
        "某acceptor",
    )
    assert page.said == "井盖先围挡\n下午复查"
    assert [(one.uid, one.state_zh, one.note, one.moved) for one in page.cases] == [
        (case, "待立案", "等照片", False)
    ]
    assert (page.mine, page.may_take, book(town.acceptor)[0].mine) == (False, True, True)
    assert not book(town.acceptor)[0].may_take
    with later(hours=1):
        actions.file(case=case, rule=2, by=town.chief)
        actions.take_over(uid=uid, by=town.chief)
        with pytest.raises(Conflict) as told:
            actions.take_over(uid=uid, by=town.other_chief)
    assert told.value.code == "taken_already"
    assert "某chief" in told.value.message
    (page,) = book(town.acceptor)
    assert (page.taken_post, page.taken_name, page.may_take) == ("duty_chief", "某chief", False)
    assert [(one.state_zh, one.now_zh, one.moved) for one in page.cases] == [("待立案", "待派遣", True)]
    assert list(Entry.objects.filter(object_kind="hand_over").order_by("id").values_list("verb", "actor", "object_id")) == [
        ("cases.hand_over", town.by["acceptor"], uid), ("cases.take_over", town.by["chief"], uid),
    ]  # fmt: skip


def test_the_writer_cannot_take_over_nor_can_the_other_axis_or_anybody_else(town, user_with):
    uid = actions.hand_over(said="无", cases=[], by=town.chief)
    with pytest.raises(Conflict) as told:
        actions.take_over(uid=uid, by=town.chief)
    assert (told.value.code, bool(told.value.advice)) == ("your_own", True)
    _uid, western = user_with("western", ("acceptor", "420502001001"))
    for stranger in (town.dispatcher, western):
        with pytest.raises(NotFound) as told:
            actions.take_over(uid=uid, by=stranger)
        assert told.value.advice
    for nobody in (town.clerk, town.crew, town.leader, town.worker):
        with pytest.raises(Forbidden):
            actions.take_over(uid=uid, by=nobody)
        with pytest.raises(Forbidden):
            actions.hand_over(said="无", cases=[], by=nobody)
        with pytest.raises(Forbidden):
            queries.book(nobody)
        with pytest.raises(Forbidden):
            queries.desk(nobody)
    with pytest.raises(NotFound):
        actions.take_over(uid="not-an-id", by=town.acceptor)
    assert HandOver.objects.get().taken_by == ""


def test_each_axis_and_each_area_reads_its_own(town):
    supervision = actions.hand_over(said="监督", cases=[], by=town.acceptor)
    command = actions.hand_over(said="指挥", cases=[], by=town.dispatcher)
    east = actions.hand_over(said="东", cases=[], by=town.east_dispatcher)
    assert [one.uid for one in book(town.chief)] == [supervision]
    assert [one.uid for one in book(town.second_dispatcher)] == [east, command]
    assert [one.uid for one in book(town.east_dispatcher)] == [east]  # the street's isn't hers
    actions.take_over(uid=east, by=town.dispatcher)
    with pytest.raises(NotFound):
        actions.take_over(uid=command, by=town.east_dispatcher)


def test_cases_of_elsewhere_cannot_be_named(town):
    west, east = bring(town, "to_dispatch"), bring(town, "to_accept", where=EAST_HERE)
    assert actions.hand_over(said="", cases=[Named(east)], by=town.east_dispatcher)
    for wrong in (west, "no-such-case"):
        with pytest.raises(NotFound):
            actions.hand_over(said="", cases=[Named(wrong)], by=town.east_dispatcher)
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize(
    "said, notes, code",
    [("", [], "nothing_said"), (" \n ", [], "nothing_said"), ("长" * 1001, [], "too_long"), ("好", ["长" * 201], "too_long"),
     ("好", ["", ""], "cases_named")],
)  # fmt: skip
def test_what_makes_no_sense_leaves_nothing_behind(town, said, notes, code):
    case = bring(town, "to_accept")
    with pytest.raises(Invalid) as told:
        actions.hand_over(said=said, cases=[Named(case, note) for note in notes], by=town.acceptor)
    assert told.value.code == code
    assert not HandOver.objects.exists()
    assert not Entry.objects.filter(verb="cases.hand_over").exists()


def test_who_and_when_belong_together(town):
    actions.hand_over(said="无", cases=[], by=town.chief)
    row = HandOver.objects.get()
    for wrong in (
        {"taken_by": "user:x"},
        {"taken_by": row.by, "taken_post": "duty_chief", "taken_at": row.at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.update(**wrong)


def test_a_figure_is_the_length_of_the_list_that_it_opens(town):
    for state in ("to_accept", "to_accept", "to_file", "to_dispatch", "handling"):
        bring(town, state)
    for who, axis in (
        (town.acceptor, "supervision"),
        (town.dispatcher, "command"),
        (town.east_dispatcher, "command"),
    ):
        desk = queries.desk(who)
        assert desk.axis == axis
        for one in desk.figures:
            assert one.count == queries.cases(who, Filters(**one.filter)).total, one.name
    counted = {one.name: one.count for one in queries.desk(town.acceptor).figures}
    assert (counted["to_accept"], counted["to_file"], counted["late"]) == (2, 1, 0)
    assert "to_dispatch" not in counted
    actions.hand_over(said="好", cases=[], by=town.acceptor)
    assert book(town.chief)[0].figures == counted


def test_what_is_worth_naming_and_why(town, later):
    with later(hours=-3):
        overdue = bring(town, "to_accept")  # an hour to accept
    asked = bring(town, "handling")
    actions.apply(case=asked, kind="extend", reason="等配件", amount="1 工作时", by=town.clerk)
    due = bring(town, "to_file")
    bring(town, "to_dispatch", class_code="E0102", rule=1)  # the other axis's
    reopened = bring(town, "closed")
    Case.objects.filter(uid=reopened).update(reporter=town.by["citizen"], source="resident")
    actions.reopen(case=reopened, reason="还是坏的", by=town.citizen)
    desk = queries.desk(town.chief)
    assert {one.case.uid: one.why for one in desk.proposed} == {
        overdue: "overdue", asked: "asked", due: "due", reopened: "reopened",
    }  # fmt: skip
    assert desk.proposed[0].case.uid == overdue
    assert desk.total == 4
    assert all(one.reason and "%(" not in one.reason for one in desk.proposed)


def test_what_is_due_later_than_the_next_shift_is_not_proposed(town):
    bring(town, "to_sign", class_code="E0102", rule=1)  # an hour to sign, a working day to handle
    assert [one.why for one in queries.desk(town.dispatcher).proposed] == ["due"]
    case = bring(town, "to_sign", class_code="E0102", rule=1)
    actions.sign(case=case, by=town.clerk)  # Friday 10:05: due on Monday at 10:05
    assert case not in {one.case.uid for one in queries.desk(town.dispatcher).proposed}


def test_a_shift_ends_where_the_next_begins(town, installer):
    def at(*told):
        return datetime(2026, 7, *told, tzinfo=UTC)

    assert shifts.ends(at(31, 2, 5)) == (at(31, 10, 0), datetime(2026, 8, 1, 0, 30, tzinfo=UTC))
    assert shifts.ends(at(31, 10, 0))[0] == datetime(2026, 8, 1, 0, 30, tzinfo=UTC)  # the evening's has begun
    city.change(key="desk_shifts", to=["00:00", "08:00", "16:00"], by=installer)
    assert shifts.ends(at(31, 2, 5)) == (at(31, 8, 0), at(31, 16, 0))
    city.change(key="desk_shifts", to=[], by=installer)
    assert shifts.ends(at(30, 2, 5)) == (at(30, 16, 0), at(31, 16, 0))


def test_somebody_at_several_desks_names_one(town, user_with, installer):
    city.change(key="roles_held_together", to=["acceptor+dispatcher", "dispatcher+acceptor"], by=installer)
    _uid, both = user_with("both", ("acceptor", EAST), ("dispatcher", "420502001"))
    case = bring(town, "to_accept")
    desk = queries.desk(both)
    assert [(one.axis, one.area) for one in desk.desks] == [("supervision", EAST), ("command", "420502001")]
    assert (desk.axis, {one.count for one in desk.figures}) == ("supervision", {0})
    with pytest.raises(NotFound):
        actions.hand_over(said="", cases=[Named(case)], by=both)  # not in the east
    actions.hand_over(said="", cases=[Named(case)], axis="command", by=both)
    assert [one.axis for one in book(both)] == ["command"]
    for wrong in ({"axis": "field"}, {"axis": "supervision", "area": ""}):
        with pytest.raises((Invalid, Forbidden)):
            queries.desk(both, **wrong)


def test_the_book_costs_the_same_queries_however_thick(town):
    def asked(read):
        with CaptureQueriesContext(connection) as statements:
            read()
        return len(statements)

    def write(n):
        for _ in range(n):
            case = bring(town, "to_accept")
            actions.hand_over(said="好", cases=[Named(case)], by=town.acceptor)

    write(1)
    reads = (lambda: queries.book(town.chief), lambda: queries.desk(town.chief))
    once = [asked(one) for one in reads]
    write(3)
    assert [asked(one) for one in reads] == once


def test_the_book_by_day_and_as_a_workbook(town, later):
    case = bring(town, "to_accept")
    old = actions.hand_over(said="昨天", cases=[], by=town.acceptor)
    actions.take_over(uid=old, by=town.chief)
    with later(days=1):
        new = actions.hand_over(said="=今天", cases=[Named(case, "看一下")], by=town.acceptor)
    assert [one.uid for one in book(town.chief)] == [new, old]
    assert [one.uid for one in book(town.chief, to_on=date(2026, 7, 31))] == [old]
    assert [one.uid for one in book(town.chief, from_on=date(2026, 8, 1))] == [new]
    assert [one.uid for one in book(town.chief, waiting=True)] == [new]
    assert [one.uid for one in book(town.chief, waiting=False)] == [old]
    assert queries.book(town.chief, limit=1, offset=1).items[0].uid == old
    sheet = openpyxl.load_workbook(io.BytesIO(queries.export_book(town.chief, BookFilters()))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    text = [str(one) for row in rows for one in row]
    assert any("昨天" in one for one in text)
    assert any("看一下" in one for one in text)
    assert len(rows) == 4  # title, header, two lines
    entry = Entry.objects.get(verb="cases.export_hand_overs")
    assert entry.details["rows"] == 2
