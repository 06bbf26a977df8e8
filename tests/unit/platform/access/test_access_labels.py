"""A room's words in both languages, and the one that whoever is served reads."""

import pytest
from django.utils import translation

from wangge.platform.access.labels import Labels, chosen, in_chinese


@pytest.mark.parametrize(
    ("room", "group"), [("cases", "states"), ("services", "states"), ("residents", "posts")]
)
def test_a_rooms_words_are_pairs_and_an_unknown_code_stays_as_it_is(room, group):
    words = Labels(f"wangge.work.{room}")
    codes = words.codes(group)
    assert codes
    assert all(len(set(words.both(group, code))) == 2 for code in codes)
    assert words.both(group, "no such state") == ("no such state", "no such state")
    with pytest.raises(KeyError):
        words.both("no such group", "x")


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "待立案"), ("ZH", "待立案"), ("en", "to file"), (None, "待立案")]
)
def test_the_word_in_the_language_of_whoever_is_served(language, word):
    with translation.override(language, deactivate=True):
        assert chosen("待立案", "to file") == word
        assert in_chinese() is (word == "待立案")


def test_where_there_is_no_english_the_chinese_word_is_said():
    with translation.override("en"):
        assert chosen("暴露垃圾", "") == "暴露垃圾"
