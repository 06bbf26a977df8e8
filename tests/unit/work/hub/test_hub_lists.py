"""What the lists of feeds and deliveries say, and that they cost the same few queries however long they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.platform.clock import clock
from wangge.work.hub import queries
from wangge.work.hub.models import Agreement, ColumnMapping, Delivery, Feed, UnsurePair

pytestmark = pytest.mark.django_db


def feed(code):
    today = clock.today()
    agreement = Agreement.objects.create(
        department=code, direction="in", purpose="base_register", elements=["name"], document="协议",
        from_on=today, to_on=today + timedelta(days=1),
    )  # fmt: skip
    made = Feed.objects.create(
        code=code, department=code, name_zh=code, name_en=code, agreement=agreement, absent={}
    )
    for column, element in (("姓名", "name"), ("电话", "phone"), ("备注", "")):
        ColumnMapping.objects.create(
            feed=made, column=column, element=element, confirmed_by="user:x", confirmed_at=clock.now()
        )
    return made


def deliver(to, *, pairs=0, decided=0, days=0, bad=0):
    made = Delivery.objects.create(
        feed=to, file_name="名单.xlsx", sha256="0" * 63 + str(Delivery.objects.count()), rows=10, bad_rows=bad,
        received_at=clock.now() + timedelta(days=days), received_by="user:x", columns={"姓名": "name"},
        refused_columns=[], raw={},
    )  # fmt: skip
    for n in range(pairs + decided):
        ending = {"state": "same", "decided_by": "user:x", "decided_at": clock.now()} if n >= pairs else {}
        UnsurePair.objects.create(delivery=made, row=n, person=f"p{n}", probability=0.5, weights=[], **ending)
    return made


def cost(read):
    with CaptureQueriesContext(connection) as asked:
        read()
    return len(asked)


def test_a_receipt_in_a_list_counts_its_own_open_pairs(officer):
    health = feed("health")
    rows = [deliver(health, pairs=2, decided=1), deliver(health, days=1), deliver(health, pairs=1, days=2)]
    found = {one.uid: one.unsure_pairs for one in queries.deliveries(officer).items}
    assert found == {str(rows[0].uid): 2, str(rows[1].uid): 0, str(rows[2].uid): 1}
    assert queries.receipt(officer, str(rows[0].uid)).unsure_pairs == 2


def test_a_feed_tells_its_last_delivery_and_what_is_mapped(officer):
    health, silent = feed("health"), feed("silent")
    newest = deliver(health, days=2, bad=5)
    deliver(health, days=1)
    told = {one.code: one for one in queries.feeds(officer)}
    assert (told["health"].deliveries, told["health"].mapped) == (2, 2)
    assert told["health"].last_at == newest.received_at
    assert (told["health"].last_bad_share, told["health"].needs_somebody) == (0.5, True)
    assert (told[silent.code].deliveries, told[silent.code].last_at, told[silent.code].needs_somebody) == (
        0, None, False,
    )  # fmt: skip


def test_lists_cost_the_same_however_long_they_are(officer):
    health = feed("health")
    deliver(health, pairs=1)
    reads = [lambda: queries.deliveries(officer), lambda: queries.feeds(officer)]
    before = [cost(read) for read in reads]
    for n in range(4):
        deliver(feed(f"more{n}"), pairs=2, days=n)
    assert [cost(read) for read in reads] == before
