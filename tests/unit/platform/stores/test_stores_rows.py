"""Single rows by prepared statements are those that Django reads and writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from wangge.platform.access.models import Grant, User
from wangge.platform.audit.models import Entry
from wangge.platform.stores import rows
from wangge.work.cases.models import Case

AT = datetime(2026, 6, 30, 2, 5, 7, 123456, tzinfo=UTC)


def entry(**more):
    said = {"at": AT, "recorded_at": AT, "actor": "a", "verb": "v", "object_kind": "k", "object_id": "o"}
    return Entry(**{**said, "details": {"名": [1, None]}, **more})


@pytest.fixture
def case(db):
    row = Case(
        number="2026-0630-0001", tracking="t1", source="patrol", reported_at=AT, reporter_phone="13800000001"
    )
    row.state, row.open_since, row.lon, row.lat = "to_accept", AT, 111.25, 30.5
    rows.insert(row)
    return row


def same(one, other):
    return all(getattr(one, f.attname) == getattr(other, f.attname) for f in one._meta.concrete_fields)


def test_what_is_inserted_is_what_django_reads(db, case):
    row = entry(sealed=7, digest="d")
    rows.insert(row)
    assert same(row, Entry.objects.get(pk=row.pk))
    assert same(case, Case.objects.get(uid=case.uid))
    row.digest = "e"
    row.save()
    assert Entry.objects.get().digest == "e"


def test_what_django_writes_is_what_is_read(db, case):
    user = User.objects.create(username="u", created_at=AT)
    Grant.objects.create(user=user, role="acceptor", from_at=AT)
    assert same(rows.get(User, "uid", str(user.uid), lock=True), user)
    assert same(rows.get(Case, "uid", case.uid), Case.objects.get(uid=case.uid))
    assert rows.get(Case, "uid", case.uid).reporter_phone == "13800000001"
    assert rows.get(User, "username", "nobody") is None


def test_an_update_changes_what_it_names_on_one_condition(case):
    later = AT + timedelta(days=1)
    assert rows.update(
        case,
        {"state": "closed", "closed_at": later, "open_since": None, "version": 2},
        only_if={"version": 1},
    )
    assert same(case, Case.objects.get(uid=case.uid))
    assert (case.state, case.closed_at) == ("closed", later)
    assert not rows.update(case, {"state": "voided"}, only_if={"version": 1})
    assert case.state == Case.objects.get(uid=case.uid).state == "closed"


def test_keys_and_constraints_hold(db, case):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Case(number=case.number, tracking="t2", source="patrol", reported_at=AT, open_since=AT))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Grant(user_id=999, role="acceptor", from_at=AT, to_at=AT - timedelta(days=1)))


def test_a_key_is_followed_by_a_composed_statement_and_once(db, django_assert_num_queries):
    user = User.objects.create(username="one", created_at=AT)
    grant = Grant.objects.create(user=user, role="leader", from_at=AT)
    grant = Grant.objects.get(pk=grant.pk)
    with django_assert_num_queries(1):
        rows.follow(grant, "user")
        rows.follow(grant, "user")
        assert grant.user == user
