"""Who stands at my door? The code of the day names a worker on duty, and nobody else's does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.ground.workforce.test_workforce_duties import ONE, TWO, grids, hire  # noqa: F401 - fixtures
from wangge.ground.workforce import actions, queries
from wangge.platform.access import actors
from wangge.platform.access.errors import NotFound
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


@pytest.fixture
def wang(hire, installer):  # noqa: F811
    worker, actor = hire("王秀兰")
    actions.assign(worker=worker, grid=ONE, by=installer)
    return actors.of_id(actor)


def checked(code):
    return queries.visitor(actors.PUBLIC, code)


def test_the_code_of_today_names_surname_and_grid(wang):
    today, tomorrow = queries.my_codes(wang)
    seen = checked(today.code)
    assert (seen.name, [one.code for one in seen.grids], seen.opens, seen.closes) == (
        "王*",
        [ONE],
        "09:00",
        "20:00",
    )
    assert checked(today.code.lower().replace("-", " ")) == seen
    with pytest.raises(NotFound):
        checked(tomorrow.code)
    with clock.moved(clock.now() + timedelta(days=1)):
        assert checked(tomorrow.code).name == "王*"
        with pytest.raises(NotFound):
            checked(today.code)


def test_who_is_not_on_duty_has_no_good_code(wang, hire, installer):  # noqa: F811
    colleague, actor = hire("李明")
    idle = queries.my_codes(actors.of_id(actor))[0].code
    with pytest.raises(NotFound):
        checked(idle)
    actions.assign(worker=colleague, grid=ONE, kind="substitute", by=installer)
    assert checked(idle).name == "李*"
    with pytest.raises(NotFound):  # a substitute goes before the one in charge
        checked(queries.my_codes(wang)[0].code)


@pytest.mark.parametrize(
    "code",
    ["", "1", "1-AAA-AAA", "0-AAA-AAA", "-1-AAA-AAA", "王-AAA-AAA", "9" * 40 + "-AAA-AAA", "١-AAA-AAA"],
)
def test_what_is_made_up_names_nobody(wang, code):
    with pytest.raises(NotFound) as refused:
        checked(code)
    assert refused.value.code == "no_such_visitor"


def test_a_code_of_one_worker_is_none_of_another(wang, hire, installer):  # noqa: F811
    other, actor = hire("李明")
    actions.assign(worker=other, grid=TWO, by=installer)
    mine, theirs = (queries.my_codes(one)[0].code for one in (wang, actors.of_id(actor)))
    number, signs = theirs.split("-", 1)[0], mine.split("-", 1)[1]
    with pytest.raises(NotFound):
        checked(f"{number}-{signs}")


def test_whoever_is_not_on_the_roster_has_none(user_with, grids):  # noqa: F811
    assert queries.my_codes(user_with("somebody")[1]) == []
    assert queries.my_codes(actors.PUBLIC) == []
