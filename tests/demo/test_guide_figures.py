"""The start page of a demo that stands: each step's figure is the length of the list that it opens."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from tests.standing import said_in
from wangge.entry.demo.guiding.stories import ONE_BENEFIT, ONE_PROBLEM, POSTS


@pytest.fixture(scope="module")
def followed(standing_demo) -> dict:
    return said_in(standing_demo, Path(__file__).with_name("followed.py"))


def test_a_figure_is_the_length_of_the_list_that_the_step_opens(followed):
    assert len(followed["steps"]) == 2 * (len(ONE_PROBLEM.steps) + len(ONE_BENEFIT.steps) + len(POSTS))
    for one in followed["steps"]:
        assert not one["why"], one
        assert one["figure"] == one["length"], one
        assert one["opens"] == 200, one
    assert sum(one["figure"] > 0 for one in followed["steps"]) > len(followed["steps"]) * 2 // 3


def test_the_page_says_it_in_both_languages(followed):
    for one in followed["steps"]:
        assert str(one["figure"]) in one["line"] or one["list"] == "/api/cases/mine"
        page = followed["pages"][one["language"]]
        assert escape(one["line"]) in page, one
        assert escape(one["example"]) in page, one
    for language, words in {
        "zh": ("从照片到评价", "应享未享"),
        "en": ("From photo to rating", "not receiving"),
    }.items():
        assert all(word in followed["pages"][language] for word in words)


def test_the_page_needs_nothing_from_elsewhere(followed):
    for page in followed["pages"].values():
        assert "http:" not in page.replace("http://www.w3.org/", "")
        assert "https:" not in page
        assert "<script" not in page


def test_looking_at_the_page_is_no_look_at_anybody(followed):
    seen = [one["figure"] for one in followed["steps"] if one["list"].startswith("/api/residents/looks")]
    assert len(set(seen)) == 1
