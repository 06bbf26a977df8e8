"""An account is bound by a code that was given or sent, and by nothing that anybody could know; guessing is limited."""

import re
from datetime import timedelta

import pytest
from service_town import EAST, OLD, VISIT, account

from wangge.entry.jobs import worker as jobs
from wangge.ground.registry import actions as registry
from wangge.platform.access import actors, purposes
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock
from wangge.platform.connectors import outbox
from wangge.work.residents import actions, codes, limits, proofs, queries
from wangge.work.residents.models import Attempt, Binding, CodeRequest, Invitation

pytestmark = pytest.mark.django_db
PHONE, ID = "13800000001", "11010519491231002X"


@pytest.fixture
def person(town):
    return town.person(phone=PHONE, id_number=ID, **OLD)


@pytest.fixture
def me(town):
    account(town, "me")
    return lambda: town.me


def code_to(phone, by):
    """Ask for a code; returns what arrives at the number, or None."""
    actions.send_code(phone=phone, by=by)
    jobs.drain()
    found = outbox.messages(phone)
    digits = re.search(r"验证码(\d{8})", found[0].text) if found else None
    return digits[1] if digits else None


# By a worker's code


def test_a_code_given_at_the_door_binds_once(town, person, me):
    code = actions.invite(person=person, by=town.worker).code
    actions.bind(code=code.lower().replace("-", " "), by=me())
    assert actors.person_of(me()) == person
    account(town, "second")
    with pytest.raises(Invalid):
        actions.bind(code=code, by=town.second)
    assert actors.person_of(town.second) is None
    row = Invitation.objects.get()
    assert (row.used_by, code.replace("-", "") in row.digest) == (me().id, False)
    assert [b.way for b in queries.bindings(me())] == ["worker"]
    assert [b.post_zh for b in queries.bindings(me())] == ["网格员"]


def test_a_code_is_nowhere_in_clear(town, person):
    code = actions.invite(person=person, by=town.worker).code
    bare = code.replace("-", "")
    for row in (*Invitation.objects.values(), *Entry.objects.values()):
        assert bare not in str(row)
        assert code not in str(row)


def test_an_expired_code_binds_nobody(town, person, me, later):
    code = actions.invite(person=person, by=town.worker).code
    with later(days=7), pytest.raises(Invalid):
        actions.bind(code=code, by=me())
    assert actors.person_of(me()) is None


def test_a_new_code_ends_the_one_before(town, person, me):
    first, second = (actions.invite(person=person, by=town.worker).code for _ in range(2))
    with pytest.raises(Invalid):
        actions.bind(code=first, by=me())
    actions.bind(code=second, by=me())


def test_codes_are_made_for_people_of_the_grid_or_under_a_task(town, person):
    elsewhere = town.person("东", at=EAST, **OLD)
    nowhere = town.person("无", at=None)
    for who in (elsewhere, nowhere, "0198c1a0-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound):
            actions.invite(person=who, by=town.worker)
    for name in ("clerk", "leader", "officer", "planner"):
        with pytest.raises(Forbidden):
            actions.invite(person=person, by=getattr(town, name))
    actions.invite(person=person, by=town.lead)
    with pytest.raises(NotFound):
        actions.invite(person=person, task="todo:none", by=town.worker)
    town.load(VISIT)
    town.now(person, lives_alone=True)
    town.screen()
    town.push()
    actions.invite(
        person=person, task=f"todo:{town.todo(town.offer(person, 'alone_visit')).uid}", by=town.worker
    )
    purposes.give(holder=town.east_worker.id, subjects=[person], task="case:1", purpose="x")
    actions.invite(person=person, task="case:1", by=town.east_worker)


def test_whoever_made_a_code_cannot_use_it(town, person):
    code = actions.invite(person=person, by=town.worker).code
    with pytest.raises(Invalid):
        actions.bind(code=code, by=town.worker)


def test_a_worker_and_a_person_have_so_many_codes_a_day(town, person):
    for _ in range(3):
        actions.invite(person=person, by=town.worker)
    with pytest.raises(TooMany):
        actions.invite(person=person, by=town.lead)
    Invitation.objects.all().delete()
    for n in range(30):
        Invitation.objects.create(
            way="worker", digest=f"x{n}", person=f"p{n}", made_by=town.worker.id, recorded_at=clock.real_now(),
            expires_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(TooMany):
        actions.invite(person=person, by=town.worker)


# By the held number


def test_a_code_sent_to_the_held_number_binds(town, person, me):
    actions.send_code(phone="+86 138-0000-0001", by=me())
    jobs.drain()
    code = re.search(r"\d{8}", outbox.messages(PHONE)[0].text)[0]
    actions.bind(code=code, by=me())
    assert actors.person_of(me()) == person
    assert Invitation.objects.filter(phone__isnull=False).count() == 0


def test_the_answer_is_the_same_for_a_number_that_nobody_holds(town, person, me):
    account(town, "asks")
    held = actions.send_code(phone=PHONE, by=me())
    held_acts = list(Entry.objects.order_by("-pk").values("verb", "object_kind", "details")[:1])
    unheld = actions.send_code(phone="13900000009", by=town.asks)
    unheld_acts = list(Entry.objects.order_by("-pk").values("verb", "object_kind", "details")[:1])
    assert held == unheld
    assert held_acts == unheld_acts
    rows = [
        {k: v for k, v in r.items() if k in ("way", "person", "wrong", "used_at")}
        for r in Invitation.objects.values()
    ]
    assert rows[0] == rows[1]
    jobs.drain()
    assert [m.phone for m in outbox.messages()] == [PHONE]


def test_a_number_that_several_hold_proves_nobody(town, person, me):
    town.person("李", phone=PHONE, **OLD)
    assert code_to(PHONE, me()) is None
    assert "不止一人" in outbox.messages(PHONE)[0].text
    assert Invitation.objects.get().person == ""


def test_a_childs_guardian_is_not_the_child(town, me):
    town.person("小明", guardian_phone=PHONE)
    assert code_to(PHONE, me()) is None
    assert outbox.messages() == []


def test_a_code_is_good_for_the_account_that_asked_only(town, person, me):
    account(town, "thief")
    code = code_to(PHONE, me())
    with pytest.raises(Invalid):
        actions.bind(code=code, by=town.thief)
    actions.bind(code=code, by=me())


def test_a_code_by_telephone_lasts_ten_minutes_of_real_time(town, person, me, later):
    with later(days=-400):
        code = code_to(PHONE, me())
    left = Invitation.objects.get().expires_at - clock.real_now()
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    Invitation.objects.update(expires_at=clock.real_now() - timedelta(seconds=1))
    with pytest.raises(Invalid):
        actions.bind(code=code, by=me())


def test_sending_again_says_the_same_and_sends_nothing_after_the_end(town, person, me):
    from wangge.work.residents import sending

    actions.send_code(phone=PHONE, by=me())
    uid = str(Invitation.objects.get().uid)
    assert sending.send(uid)
    assert not sending.send(uid)
    assert len(outbox.messages(PHONE)) == 1
    actions.send_code(phone=PHONE, by=me())
    newest = Invitation.objects.order_by("-pk").first()
    Invitation.objects.filter(pk=newest.pk).update(expires_at=clock.real_now())
    assert not sending.send(str(newest.uid))
    newest.refresh_from_db()
    assert newest.phone is None


def test_asking_for_codes_is_limited_for_held_and_unheld_numbers_alike(town, person, me):
    for number in (PHONE, "13900000009"):
        CodeRequest.objects.all().delete()
        for n in range(3):
            account(town, f"a{number}{n}")
            actions.send_code(phone=number, by=getattr(town, f"a{number}{n}"))
        with pytest.raises(TooMany):
            actions.send_code(phone=number, by=me())
    CodeRequest.objects.all().delete()
    for n in range(3):
        actions.send_code(phone=f"1370000000{n}", by=me())
    with pytest.raises(TooMany):
        actions.send_code(phone="13700000009", by=me())


# Never by what anybody can know


@pytest.mark.parametrize("typed", [ID, "王秀兰", PHONE, "", "-", "00000000", "'; --"])
def test_typing_what_anybody_can_know_binds_nobody(town, person, me, typed):
    actions.invite(person=person, by=town.worker)
    code_to(PHONE, me())
    with pytest.raises(Invalid):
        actions.bind(code=typed, by=me())
    assert actors.person_of(me()) is None
    assert Binding.objects.count() == 0


@pytest.mark.parametrize("typed", [ID, "王秀兰", "0717-6222222", "12345678901", "1380000000"])
def test_a_code_is_asked_for_by_a_mobile_number_only(town, person, me, typed):
    with pytest.raises(Invalid):
        actions.send_code(phone=typed, by=me())
    assert Invitation.objects.count() == 0


def test_wrong_codes_lock_the_account_on_real_time(town, person, me, later):
    code = actions.invite(person=person, by=town.worker).code
    for _ in range(5):
        with pytest.raises(Invalid):
            actions.bind(code="AAAAA-AAAAA", by=me())
    with pytest.raises(TooMany) as locked:
        actions.bind(code=code, by=me())
    assert locked.value.status == 429
    with later(days=1), pytest.raises(TooMany):
        actions.bind(code=code, by=me())
    Attempt.objects.update(at=clock.real_now() - timedelta(minutes=16))
    actions.bind(code=code, by=me())


def test_a_day_has_twenty_wrong_codes(town, person, me):
    for n in range(20):
        Attempt.objects.create(account=me().id, at=clock.real_now() - timedelta(minutes=20 + n))
    with pytest.raises(TooMany):
        actions.bind(code=actions.invite(person=person, by=town.worker).code, by=me())


def test_a_code_by_telephone_survives_few_wrong_tries(town, person, me):
    code = code_to(PHONE, me())
    for _ in range(limits.PER_CODE):
        with pytest.raises(Invalid):
            actions.bind(code="00000000", by=me())
    Attempt.objects.all().delete()
    with pytest.raises(Invalid):
        actions.bind(code=code, by=me())


def test_right_codes_are_not_counted_as_wrong(town, person, me):
    actions.bind(code=actions.invite(person=person, by=town.worker).code, by=me())
    assert list(Attempt.objects.values_list("right", flat=True)) == [True]


# Bound


def test_a_bound_account_is_not_bound_again_and_a_binding_can_be_ended(town, person, me):
    actions.bind(code=actions.invite(person=person, by=town.worker).code, by=me())
    other = town.person("李四", **OLD)
    with pytest.raises(Conflict):
        actions.bind(code=actions.invite(person=other, by=town.worker).code, by=me())
    with pytest.raises(Conflict):
        actions.send_code(phone=PHONE, by=me())
    account(town, "stranger", other)
    mine = queries.bindings(me())[0]
    with pytest.raises(NotFound):
        actions.unbind(binding=mine.uid, by=town.stranger)
    actions.unbind(binding=mine.uid, by=me())
    assert actors.person_of(me()) is None
    with pytest.raises(Forbidden):
        queries.my_data(me())


def test_another_account_bound_to_me_is_seen_and_can_be_ended(town, person, me):
    account(town, "somebody")
    actions.bind(code=actions.invite(person=person, by=town.worker).code, by=town.somebody)
    actions.bind(code=actions.invite(person=person, by=town.lead).code, by=me())
    found = {b.this: b for b in queries.bindings(me())}
    assert found[False].post_zh == "网格员"
    actions.unbind(binding=found[False].uid, by=me())
    assert actors.person_of(town.somebody) is None


def test_a_code_for_somebody_who_was_merged_binds_who_stands_for_them(town, person, me):
    code = actions.invite(person=person, by=town.worker).code
    keep = town.person("王秀蘭", **OLD)
    registry.merge(keep=keep, gone=person, by=town.system)
    actions.bind(code=code, by=me())
    assert actors.person_of(me()) == keep


def test_real_name_sign_in_binds_only_whom_a_provider_vouches_for(town, person, me, monkeypatch):
    with pytest.raises(Conflict):
        actions.bind_by_real_name(by=me())

    class City:
        def vouches_for(self, account):
            return proofs.RealName(self.name, ID) if account == me().id else None

    city = City()
    monkeypatch.setitem(proofs._providers, "city", city)
    city.name = "李四"
    with pytest.raises(Conflict):
        actions.bind_by_real_name(by=me())
    city.name = "王秀兰"
    account(town, "stranger")
    with pytest.raises(Conflict):
        actions.bind_by_real_name(by=town.stranger)
    actions.bind_by_real_name(by=me())
    assert actors.person_of(me()) == person


def test_codes_are_what_they_should_be():
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Y]{5}-[2-9A-HJ-NP-Y]{5}", code) for code in made)
    assert codes.digests("") == codes.digests(" - ") == []
    assert codes.digest("ab-cd") == codes.digest("ABCD")
    assert codes.digest("abcd", "user:1") not in codes.digests("abcd", "user:2")
