"""What rests on consent: asked for only where it is published, given by the person, and worth nothing once withdrawn."""

from datetime import timedelta

import pytest
from service_town import OLD, account

from wangge.ground.registry import actions as registry
from wangge.ground.registry import columns
from wangge.platform.access.errors import Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.residents import actions, queries

pytestmark = pytest.mark.django_db
PURPOSE = "checkup_reminder"


@pytest.fixture
def person(town):
    return town.person(phone="13800000001", **OLD)


@pytest.fixture
def me(town, person):
    account(town, "me", person)
    return town.me


def give(me, **other):
    said = {
        "department": "health",
        "purpose": PURPOSE,
        "elements": ["name", "phone"],
        "until": clock.now() + timedelta(days=30),
    }
    return actions.give_consent(**said | other, by=me)


def opened(town, uid):
    return {one.code: one.value for one in queries.open_consented(town.health_clerk, uid).values}


def reads(town, person, elements=("phone",)):
    table = columns.columns(
        purpose=PURPOSE, elements=elements, by=town.health_clerk, holder="health", persons=[person]
    )
    return table.to_pylist()


def test_only_what_the_city_published_may_be_asked_for(town, me):
    offered = {one.code: one for one in queries.offers(me)}
    assert set(offered) == {"checkup_reminder", "lonely_call"}
    assert {one.code: one.sensitive for one in offered["lonely_call"].elements}["lives_alone"] is True
    for other in (
        {"purpose": "随便看看"}, {"department": "civil_affairs"}, {"elements": []}, {"elements": ["id_number"]},
        {"until": clock.now()}, {"until": clock.now() + timedelta(days=400)},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            give(me, **other)
    assert queries.consents(me) == []


def test_a_purpose_that_crosses_a_red_line_or_names_nobody_is_not_offered(town, me):
    good = city.value("consent_purposes")[0]
    city.change(
        key="consent_purposes", by=town.system,
        to=[good, good | {"code": "a", "zh": "重点人员走访"}, good | {"code": "b", "department": "nobody"}, good | {"code": "c", "elements": ["religion"]}],
    )  # fmt: skip
    assert [one.code for one in queries.offers(me)] == [good["code"]]


def test_a_consent_lets_the_department_open_what_it_names_and_nothing_more(town, me, person):
    assert queries.consented(town.health_clerk).total == 0
    with pytest.raises(Forbidden):
        reads(town, person)
    uid = give(me, elements=["phone"])
    assert opened(town, uid) == {"phone": "13800000001"}
    assert reads(town, person) == [{"person": person, "phone": "13800000001"}]
    with pytest.raises(Forbidden):
        reads(town, person, ["phone", "name"])
    with pytest.raises(Forbidden):
        columns.columns(purpose=PURPOSE, elements=["phone"], by=town.health_clerk, holder="health")
    other = town.person("李四", phone="13900000000", **OLD)
    with pytest.raises(Forbidden):
        reads(town, other)
    (listed,) = queries.consented(town.health_clerk).items
    assert (listed.purpose_zh, [s.zh for s in listed.elements]) == ("电话提醒体检和用药", ["联系电话"])
    assert "1380000" not in str(listed.model_dump())


def test_withdrawn_it_opens_nothing_from_that_moment(town, me, person, later):
    uid = give(me)
    assert opened(town, uid)["phone"] == "13800000001"
    with later(minutes=1):
        actions.withdraw_consent(consent=uid, by=me)
        assert queries.consented(town.health_clerk).total == 0
        with pytest.raises(NotFound):
            opened(town, uid)
    with later(minutes=2), pytest.raises(Forbidden):
        reads(town, person)
    (receipt,) = queries.consents(me)
    assert receipt.withdrawn_at is not None
    verbs = [row.verb for row in Entry.objects.filter(object_kind="consent", object_id=uid).order_by("id")]
    assert verbs == ["residents.give_consent", "residents.withdraw_consent"]


def test_it_ends_by_itself_on_its_day(town, me, person, later):
    uid = give(me)
    with later(days=31):
        assert queries.consented(town.health_clerk).total == 0
        with pytest.raises(NotFound):
            opened(town, uid)
        with pytest.raises(Forbidden):
            reads(town, person)


def test_the_receipt_says_what_for_which_data_from_when_until_when(town, me):
    give(me)
    (receipt,) = queries.consents(me)
    assert receipt.number.startswith("C2026-0731-")
    assert (receipt.department_zh, receipt.purpose_zh, [s.zh for s in receipt.elements]) == (
        "卫健局",
        "电话提醒体检和用药",
        ["姓名", "联系电话"],
    )
    assert (receipt.until - receipt.given_at, receipt.withdrawn_at) == (timedelta(days=30), None)


def test_consenting_anew_replaces_what_was_allowed(town, me, person, later):
    first = give(me)
    with later(minutes=1):
        second = give(me, elements=["phone"])
        assert [one.uid for one in queries.consented(town.health_clerk).items] == [second]
    with later(minutes=2):
        with pytest.raises(NotFound):
            opened(town, first)
        with pytest.raises(Forbidden):
            reads(town, person, ["name"])


def test_an_opening_is_a_look_that_the_person_reads(town, me, person):
    opened(town, give(me))
    line = next(one for one in queries.who_looked(me) if not one.own)
    assert (line.post_zh, line.purpose_zh, line.task_zh) == (
        "卫健局部门经办人",
        "电话提醒体检和用药",
        "你的同意",
    )


def test_other_departments_and_posts_have_nothing_by_it(town, me):
    uid = give(me)
    assert queries.consented(town.clerk).total == 0
    with pytest.raises(NotFound):
        queries.open_consented(town.clerk, uid)
    for name in ("officer", "leader", "worker", "me"):
        with pytest.raises(Forbidden):
            queries.consented(getattr(town, name))


def test_a_consent_of_somebody_who_was_merged_still_leads_to_their_data(town, me, person, later):
    uid = give(me)
    keep = town.person("王秀蘭", phone="13800000001", **OLD)
    with later(minutes=1):
        registry.merge(keep=keep, gone=person, by=town.system)
        assert opened(town, uid)["phone"] == "13800000001"
