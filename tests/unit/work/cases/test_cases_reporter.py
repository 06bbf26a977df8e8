"""Reporters: without a name or with one, by a code that nobody guesses, and with the last word."""

import io

import pytest
from case_town import EAST_HERE, HERE, bring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit import queries as audit
from wangge.platform.audit.models import Entry, Look
from wangge.work.cases import actions, numbers, queries
from wangge.work.cases.models import Attachment, Case

pytestmark = pytest.mark.django_db


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_tracking_code_is_long_random_and_not_kept(town):
    codes = [actions.report(by=actors.PUBLIC, description="井盖破损").tracking for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(
        len(code.replace("-", "")) == 10 and set(code) <= set(numbers.ALPHABET + "-") for code in codes
    )
    stored = "".join(str(v) for row in Case.objects.values_list() for v in row)
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_a_mistyped_code_still_leads_to_the_case_and_a_wrong_one_nowhere(town, monkeypatch):
    drawn = iter("01A1B0CDEF")
    monkeypatch.setattr(numbers.secrets, "choice", lambda alphabet: next(drawn))
    receipt = actions.report(by=actors.PUBLIC, description="井盖破损")
    assert receipt.tracking == "01A1B-0CDEF"
    assert queries.track(" oiaLb—OCDEF ").number == receipt.number
    told = set()
    for wrong in ("", "01A1B", "01A1B-0CDEG", "01A1B-0CDEF-0", "UUUUU-UUUUU", receipt.number, "' OR 1=1 --"):
        with pytest.raises(NotFound) as error:
            queries.track(wrong)
        told.add((error.value.code, error.value.message))
    assert len(told) == 1


@given(st.text(max_size=40))
def test_any_text_may_be_tried_as_a_code(text):
    assert isinstance(numbers.tracking_indexes(text), list)


def test_what_cannot_be_a_code_costs_no_look_into_the_table(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert numbers.tracking_indexes("7K3QM") == []


def test_the_reporter_rates_once_and_may_reopen_within_the_days(town, later):
    code = actions.report(by=actors.PUBLIC, class_code="P0101", lon=HERE[0], lat=HERE[1]).tracking
    case = str(Case.objects.latest("id").uid)
    with pytest.raises(Conflict):
        actions.rate(tracking=code, solved=True, satisfied=5, by=actors.PUBLIC)
    close(town, case)
    with pytest.raises(Invalid):
        actions.rate(tracking=code, solved=True, satisfied=6, by=actors.PUBLIC)
    actions.rate(tracking=code, solved=False, satisfied=1, note="还在", by=actors.PUBLIC)
    with pytest.raises(Conflict):
        actions.rate(tracking=code, solved=True, satisfied=5, by=actors.PUBLIC)
    with later(days=16):
        assert not queries.track(code).may_reopen
        with pytest.raises(Conflict):
            actions.reopen(tracking=code, reason="没修好", by=actors.PUBLIC)
    with later(days=15):
        assert queries.track(code).may_reopen
        reopened = actions.reopen(tracking=code, reason="没修好", by=actors.PUBLIC)
        assert reopened.state == "to_check"  # a worker looks at it again
        town.settle(case, "failed")
        actions.rework(case=case, reason="确未修好", by=town.chief)
    record = queries.case(town.chief, case)
    assert (record.reopened, record.reworks, record.closed_at) == (1, 1, None)
    assert [r.solved for r in record.ratings] == [False]


def test_only_the_reporter_rates_by_account(town):
    case = actions.report(by=town.citizen, class_code="P0101", lon=HERE[0], lat=HERE[1]).uid
    close(town, case)
    for somebody in (actors.PUBLIC, town.chief, town.worker):
        with pytest.raises(NotFound):
            actions.rate(case=case, solved=True, satisfied=5, by=somebody)
    assert queries.my_reports(town.citizen)[0].may_rate
    assert queries.my_reports(town.chief) == []
    actions.rate(case=case, solved=True, satisfied=4, by=town.citizen)


def test_a_list_of_ones_reports_costs_the_same_queries_however_long(town):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            mine = queries.my_reports(town.citizen)
        assert mine
        assert all(one.steps for one in mine)
        return len(statements)

    first = actions.report(by=town.citizen, class_code="P0101", lon=HERE[0], lat=HERE[1]).uid
    close(town, first)
    actions.rate(case=first, solved=True, satisfied=4, by=town.citizen)
    once = asked()
    for n in range(3):
        more = actions.report(by=town.citizen, class_code="P0101", lon=HERE[0], lat=HERE[1]).uid
        if n:
            close(town, more)
    assert len(queries.my_reports(town.citizen)) == 4
    assert asked() == once


def test_the_telephone_is_masked_and_only_whoever_handles_the_case_opens_it_on_record(town):
    phone = "13800135521"
    report = actions.report(by=actors.PUBLIC, class_code="P0101", lon=HERE[0], lat=HERE[1], phone=phone)
    case = report.uid
    for person in (town.chief, town.worker, town.acceptor):
        assert queries.case(person, case).reporter_phone == "138****5521"
    with pytest.raises(Forbidden):
        actions.open_reporter(case=case, by=town.chief)
    actions.accept(case=case, by=town.acceptor)
    town.settle(case, "true")
    actions.file(case=case, rule=2, by=town.chief)
    actions.dispatch(case=case, department="shizheng", by=town.dispatcher)
    with pytest.raises(Forbidden):
        actions.open_reporter(case=case, by=town.clerk)  # not signed for yet
    actions.sign(case=case, by=town.clerk)
    assert actions.open_reporter(case=case, by=town.clerk) == phone
    look = Look.objects.get()
    assert (look.elements, look.task, look.purpose) == (["phone"], f"case:{case}", "handle_case")
    with pytest.raises(Forbidden):
        actions.open_reporter(case=case, by=town.crew)
    actions.assign(case=case, crew=town.by["crew"], by=town.clerk)
    assert actions.open_reporter(case=case, by=town.crew) == phone
    with pytest.raises(NotFound):
        actions.open_reporter(case=case, by=town.water_clerk)
    actions.feed_back(case=case, note="好", by=town.clerk)
    for handler in (town.clerk, town.crew):
        with pytest.raises(Forbidden):
            actions.open_reporter(case=case, by=handler)
    assert Look.objects.count() == 2
    assert phone not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_resident_finds_the_look_at_her_telephone_among_who_looked(town, installer):
    access.bind_person(user=town.by["citizen"].removeprefix("user:"), person="0198-anna", by=installer)
    case = actions.report(
        by=town.citizen, class_code="P0101", lon=HERE[0], lat=HERE[1], phone="13800135521"
    ).uid
    close(town, case, until="sign")
    actions.open_reporter(case=case, by=town.clerk)
    looks = audit.looks_at(town.citizen, ["0198-anna"])
    assert [(one.post, one.purpose) for one in looks] == [("department_clerk:shizheng", "handle_case")]


def test_the_telephone_is_sealed_in_the_database(town):
    from django.db import connection

    actions.report(by=actors.PUBLIC, description="井盖破损", phone="13800135521")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reporter_phone FROM cases_case")
        assert b"13800135521" not in bytes(cursor.fetchone()[0])


def test_photos_only_where_the_filing_rule_asks(town):
    """A resident may offer one; a worker isn't made to take one that no rule asks for."""
    photo = actions.keep_photo(data=picture(), by=actors.PUBLIC)
    offered = actions.report(
        by=actors.PUBLIC, class_code="E0101", lon=HERE[0], lat=HERE[1], photos=[photo]
    ).uid
    assert [p.photo for p in queries.case(town.chief, offered).photos] == [photo]
    assert queries.photo(town.chief, offered, photo).startswith(b"\xff\xd8")
    another = actions.keep_photo(data=picture(), by=town.worker)
    with pytest.raises(Invalid) as told:
        actions.report(by=town.worker, class_code="E0101", lon=HERE[0], lat=HERE[1], photos=[another])
    assert told.value.code == "photo_not_asked"
    asked = actions.report(by=town.worker, class_code="P0101", lon=HERE[0], lat=HERE[1], photos=[another]).uid
    assert Attachment.objects.filter(case__uid=asked).count() == 1
    with pytest.raises(NotFound):
        queries.photo(town.east_dispatcher, offered, photo)
    with pytest.raises(NotFound):
        queries.photo(town.chief, asked, photo)


def test_a_photo_is_named_once_and_must_be_one(town):
    photo = actions.keep_photo(data=picture(), by=actors.PUBLIC)
    actions.report(by=actors.PUBLIC, photos=[photo])
    for wrong in ([photo], ["0198c0de-0000-7000-8000-000000000000"], ["../../keys/master"], ["x"] * 6):
        with pytest.raises(Invalid):
            actions.report(by=actors.PUBLIC, photos=wrong)
    with pytest.raises(Invalid):
        actions.keep_photo(data=b"%PDF-1.7", by=actors.PUBLIC)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"lon": 111.0},
        {"lon": 411.0, "lat": 30.0},
        {"class_code": "P9999"},
        {"phone": "call me"},
        {"description": "长" * 1001},
        {"description": " \n", "lon": 111.0, "lat": 30.0, "address": "学院街", "phone": "13800135521"},
    ],
)
def test_a_report_that_makes_no_sense_leaves_nothing_behind(town, wrong):
    with pytest.raises(Invalid):
        actions.report(by=actors.PUBLIC, **{"description": "井盖破损", **wrong})
    assert Case.objects.count() == 0
    assert not Entry.objects.filter(verb="cases.report").exists()


def test_where_a_report_comes_from_follows_from_who_reports(town):
    source = {
        actions.report(by=who, description="井盖破损", source=said).uid: expected
        for who, said, expected in [
            (actors.PUBLIC, "patrol", "resident"), (town.citizen, "hotline", "resident"), (town.worker, "", "patrol"),
            (town.lead, "hotline", "patrol"), (town.acceptor, "hotline", "hotline"), (town.clerk, "", "resident"),
        ]
    }  # fmt: skip
    assert {str(c.uid): c.source for c in Case.objects.all()} == source


def close(town, case, until="close"):
    steps = {
        "accept": lambda: actions.accept(case=case, by=town.acceptor),
        "verify": lambda: town.settle(case, "true"),
        "file": lambda: actions.file(case=case, rule=2, by=town.chief),
        "dispatch": lambda: actions.dispatch(case=case, department="shizheng", by=town.dispatcher),
        "sign": lambda: actions.sign(case=case, by=town.clerk),
        "feed_back": lambda: actions.feed_back(case=case, note="好", by=town.clerk),
        "forward": lambda: actions.forward(case=case, by=town.dispatcher),
        "check": lambda: town.settle(case, "passed"),
        "close": lambda: actions.close(case=case, by=town.chief),
    }
    for verb, step in steps.items():
        step()
        if verb == until:
            return


def test_near_cases_of_others_are_not_told_to_the_public(town):
    bring(town, "to_accept")
    assert actions.report(by=actors.PUBLIC, class_code="P0101", lon=HERE[0], lat=HERE[1]).near == []
    assert len(queries.alike(town.worker, "P0101", *HERE)) == 2
    assert queries.alike(town.east_dispatcher, "P0101", *HERE) == []
    assert queries.alike(town.worker, "P0101", *EAST_HERE) == []


def test_a_colleague_who_handles_the_case_may_telephone_too(town):
    case = actions.report(
        by=actors.PUBLIC, class_code="P0101", lon=HERE[0], lat=HERE[1], phone="13800135521"
    ).uid
    close(town, case, until="sign")
    with pytest.raises(Forbidden):
        actions.open_reporter(case=case, by=town.crew)
    actions.handle(case=case, note="到场", by=town.crew)
    assert actions.open_reporter(case=case, by=town.crew) == "13800135521"
