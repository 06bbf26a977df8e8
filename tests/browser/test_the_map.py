"""The map in the console: what it counts is what the lists count, and whatever is on it opens its own."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def looking(looking):
    """Whoever looks at maps has a machine that draws them."""
    looking.draws = True
    return looking


def marks(page):
    return page.locator(".marks .mark")


def shown(page) -> int:
    """How many things the marks stand for: a number inside, or one."""
    return sum(int(text or 1) for text in marks(page).all_inner_texts())


def located(person, **filters) -> list[dict]:
    """The open cases of the list that lie anywhere: what has no position can't be on a map."""
    page = person.ask("cases/", open=True, limit=200, **filters)
    assert page["total"] == len(page["items"])
    return sorted((one for one in page["items"] if one["lon"]), key=lambda one: one["lon"])


def test_the_marks_of_the_map_add_up_to_the_list(looking):
    person = looking.person("duty_chief_1")
    placed = located(person)
    middle = placed[len(placed) // 2]
    # From far enough away that everything of the town is in the picture, whatever was reported meanwhile.
    page = person.open(f"/console/map?at={middle['lon']},{middle['lat']},13")
    page.wait_for_selector(".marks .mark")
    person.settled()
    assert shown(page) == len(placed)
    page.get_by_label("只看超时").check()
    person.settled()
    late = located(person, late=True)
    assert 0 < len(late) < len(placed)
    assert shown(page) == len(late)


def test_a_grid_found_by_its_name_opens_the_list_that_it_counts(looking):
    person = looking.person("duty_chief_1")
    grid = next(
        one
        for one in person.ask("areas/grids")["items"]
        if person.ask("cases/", open=True, area=one["code"])["total"]
    )
    page = person.open("/console/map")
    page.locator("main input[type=search]").fill(grid["name"])
    page.locator(".hit").first.click()
    way = page.locator(".ways a").first
    way.wait_for()
    count = int(re.findall(r"\d+", way.inner_text())[-1])
    assert grid["code"] in page.url
    assert count == person.ask("cases/", open=True, area=grid["code"])["total"]
    assert f"area={grid['code']}" in way.get_attribute("href")


def test_a_mark_is_opened_by_the_keyboard_and_stands_in_the_address(looking):
    person = looking.person("duty_chief_1")
    case = next(one for one in person.ask("cases/", open=True)["items"] if one["lon"])
    page = person.open(f"/console/map?at={case['lon']},{case['lat']},18.5")
    page.wait_for_selector(".marks .mark.case")
    marks(page).first.focus()
    page.keyboard.press("Enter")
    page.locator(".ways a").first.wait_for()
    assert "chosen=case" in page.url or "box=" in page.locator(".ways a").first.get_attribute("href")


def test_a_machine_that_cannot_draw_shows_a_sketch_and_the_same_list(looking):
    """As most people of these tests sit: no large map, the words that say so, and what the map would count."""
    drawing = looking.person("duty_chief_1").open("/console/map")
    drawing.locator("canvas").wait_for()
    assert not drawing.get_by_text("画不了大地图").count()
    person = looking.person("dispatcher_1")
    person.draws(False)
    page = person.open("/console/map")
    page.get_by_text("画不了大地图").first.wait_for()
    assert not page.locator("canvas").count()
