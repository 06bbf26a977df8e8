"""A department's feed with an agreement and a mapping, somebody whom it knows, and its sheet: titles, a merged header, a mess."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest
from messy_roster import ELEMENTS, KNOWN, MAPPING, SHEET, named

from wangge.ground.registry import actions as registry
from wangge.platform.access import actors
from wangge.platform.clock import clock
from wangge.work.hub import actions
from wangge.work.hub.models import Delivery


@pytest.fixture
def officer(user_with, at_moment):
    return user_with("o", ("data_officer",))[1]


@pytest.fixture
def feed(officer, at_moment):
    """A feed of civil affairs whose mapping stands."""
    today = clock.today()
    agreement = actions.agree(
        department="civil_affairs", direction="in", purpose="base_register", elements=ELEMENTS, document="协议",
        from_on=today, to_on=today + timedelta(days=30), by=officer,
    )  # fmt: skip
    actions.open_feed(
        code="roster", agreement=agreement, name_zh="名册", name_en="Roster", makes_persons=True, by=officer
    )
    actions.confirm_mapping(feed="roster", columns=MAPPING, by=officer)
    return "roster"


@pytest.fixture
def known(installer, at_moment):
    """Somebody whom another department told of: her id."""
    rows = {name: [value] for name, value in KNOWN.items()} | {
        "row": [2],
        "birth_date": [clock.today().replace(1944, 5, 12)],
    }
    (uid,) = registry.add_persons(
        feed="police", department="police", batch="b1", rows=pa.table(rows), observed_at=clock.now() - timedelta(days=9),
        by=installer,
    )  # fmt: skip
    return uid


@pytest.fixture
def delivered(feed, known, user_with):
    """The sheet delivered and folded: the delivery."""
    clerk = user_with("c", ("department_clerk", "", "civil_affairs"))[1]
    receipt = actions.receive(feed=feed, file=named(SHEET), name="7月名册.xlsx", by=clerk)
    house = actors.system("data_day")
    actions.standardise(delivery=receipt.uid, by=house)
    actions.link(delivery=receipt.uid, by=house)
    assert actions.fold_chunk(delivery=receipt.uid, start=0, by=house) is None
    return Delivery.objects.get(uid=receipt.uid)
