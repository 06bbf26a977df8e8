"""Why somebody is asked to confirm: each language names both sides in its own words."""

import pytest

from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.work.hub import confirmations
from wangge.work.hub.models import Confirmation


@pytest.fixture
def pushed(monkeypatch):
    """The matters that would enter the inbox, where everybody lives at one door."""
    found = []
    monkeypatch.setattr(
        confirmations.registry, "homes_of", lambda persons: dict.fromkeys(persons, ("door", "household"))
    )
    monkeypatch.setattr(
        confirmations.todos, "push_all", lambda *, admission, matters, by: found.extend(matters) or matters
    )
    return found


@pytest.mark.parametrize(
    ("other", "chinese", "english"), [("police", "公安局", "Police"), ("", "网格", "the grid"), ("gas", "燃气公司", "燃气公司")]
)  # fmt: skip
def test_the_reason_names_both_sides_in_its_own_language(
    delivered, known, pushed, installer, other, chinese, english
):
    for code, zh, en in (
        ("civil_affairs", "民政局", "Civil Affairs"), ("police", "公安局", "Police"), ("gas", "燃气公司", ""),
    ):  # fmt: skip
        access.add_department(code=code, name_zh=zh, name_en=en, by=installer)
    Confirmation.objects.filter(person=known, element="phone").update(held_source=other)
    assert confirmations.raise_confirmations(delivery=str(delivered.uid), by=actors.system("data_day"))
    asked = str(Confirmation.objects.get(person=known, element="phone").uid)
    zh, en = next(one.reason for one in pushed if one.origin[1] == asked)
    assert zh.startswith(f"民政局与{chinese}登记的")
    assert en.startswith(f"Civil Affairs and {english} hold different values of")
