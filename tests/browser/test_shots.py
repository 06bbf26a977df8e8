"""`./run shots` takes a picture of a page in every size and look, and shows them all on one sheet."""

from __future__ import annotations

import pytest
from PIL import Image

from tools import shots
from tools.screens.seats import LANGUAGES, SIZES, THEMES, VISITOR

pytestmark = pytest.mark.slow


def test_pictures_of_a_seat_in_every_size_and_look(address_to_read, browser, tmp_path):
    home, address = address_to_read
    seat = next(shots.asked(home, VISITOR))
    taken = shots.pictures(browser, address, seat, LANGUAGES[0], tmp_path, whole=False)
    assert {(one.theme, one.size) for one in taken} == {
        (theme, size) for theme in THEMES for size in SIZES["portal"]
    }
    for one in taken:
        with Image.open(tmp_path / one.file) as picture:
            assert picture.size == one.size
    with (
        Image.open(tmp_path / _of(taken, "light")) as light,
        Image.open(tmp_path / _of(taken, "dark")) as dark,
    ):
        assert _brightness(light) > _brightness(dark) + 80
    shots.index(tmp_path)
    sheet = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'src="{one.file}"' in sheet for one in taken)


def test_who_is_asked_for(address_to_read):
    home, _ = address_to_read
    assert {one.app for one in shots.asked(home, "phone,portal")} == {"phone", "portal"}
    assert [one.name for one in shots.asked(home, "dispatcher_1")] == ["dispatcher_1"]
    assert {one.app for one in shots.asked(home, "")} == {"console", "phone", "portal", "guide"}


def _of(taken, theme: str) -> str:
    return next(one.file for one in taken if one.theme == theme)


def _brightness(picture: Image.Image) -> float:
    small = picture.convert("L").resize((16, 16))
    return sum(small.getdata()) / 256
