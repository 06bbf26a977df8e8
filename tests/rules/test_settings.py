"""Every setting is documented: the environment's in docs/settings.md, a city's beside its default.

To mend: describe it: one of the environment in `docs/settings.md`, one of a city beside its default in `platform/city/settings.py`.
"""

import re
from pathlib import Path

from source import HOUSE

from wangge.platform.city.settings import SETTINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def variables(root=HOUSE):
    found = set()
    for path in root.rglob("*.py"):
        found |= set(re.findall(r"[\"'](WANGGE_[A-Z_]+)[\"']", path.read_text(encoding="utf-8")))
    return found


def undocumented(names, page):
    return sorted(name for name in names if f"`{name}`" not in page)


def test_every_variable_is_documented():
    assert undocumented(variables(), PAGE.read_text(encoding="utf-8")) == []


def test_the_rule_sees_an_undocumented_variable():
    assert undocumented({"WANGGE_HOME", "WANGGE_SECRET"}, "`WANGGE_HOME` is …") == ["WANGGE_SECRET"]


def test_every_setting_of_a_city_says_what_it_means():
    assert [key for key, one in SETTINGS.items() if len(one.meaning) < 20] == []


def test_the_portal_asks_for_passwords_that_the_server_takes(settings):
    (least,) = (
        one["OPTIONS"]["min_length"]
        for one in settings.AUTH_PASSWORD_VALIDATORS
        if "MinimumLength" in one["NAME"]
    )
    for language in ("zh-Hans", "en"):
        words = (PAGE.parents[1] / "frontend" / "portal" / "words" / language / "sign.ts").read_text(
            encoding="utf-8"
        )
        assert int(re.search(r'passwordHint: "\D*(\d+)', words)[1]) == least
