"""What is said reads as English, remembers what it was made of, and survives being put away."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.messages.said import Message, listed, packed, said, unpacked
from wangge.cores.tables.errors import RowError, TableError, refusal


def test_it_is_an_english_text_with_its_template_and_values():
    text = said("at most %(most)s characters", most=60)
    assert text == "at most 60 characters"
    assert isinstance(text, str)
    assert (text.template, text.values) == ("at most %(most)s characters", {"most": 60})
    assert said("100 % sure") == "100 % sure"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_copies_remember_too(again):
    text = said("%(what)s.", what=said("one of: %(allowed)s", allowed="是, 否"))
    assert again(text) == text
    assert again(text).values["what"].template == "one of: %(allowed)s"


def test_what_is_listed_needs_no_comma_for_one():
    assert listed("a", "b") == "a, b"
    assert listed("", "b") == "b"
    assert listed("a", "") == "a"


@given(st.recursive(
    st.builds(lambda value: said("a value from %(least)s on", least=value), st.text() | st.integers()),
    lambda inner: st.builds(lambda what, near: said("%(what)s or '%(near)s'", what=what, near=near), inner, st.text()),
    max_leaves=4,
))  # fmt: skip
def test_packed_and_unpacked_it_is_the_same(text):
    line = packed(text, 100_000)
    again = unpacked(line)
    assert again == text
    assert again.template == text.template
    assert packed(again, 100_000) == line


def test_plain_words_are_their_own_template_and_long_values_are_cut():
    assert packed(said("Enter digits only."), 300) == "Enter digits only."
    assert unpacked("Enter digits only.").template == "Enter digits only."
    assert unpacked('["half of a packed').template == '["half of a packed'
    long = said("one of: %(allowed)s", allowed=", ".join(f"choice {i}" for i in range(100)))
    line = packed(long, 200)
    assert len(line) <= 200
    assert unpacked(line).template == "one of: %(allowed)s"
    assert unpacked(line).startswith("one of: choice 0, choice 1")


def test_errors_of_files_are_said_whole():
    one = RowError(
        "f.csv",
        "表",
        3,
        "性别",
        "猫",
        "no_choice",
        said("one of: %(a)s", a="男"),
        said("Choose one of them."),
    )
    assert (
        str(one)
        == "f.csv, sheet '表', row 3, column '性别': found '猫', expected one of: 男. Choose one of them."
    )
    assert isinstance(one.sentence(), Message)
    assert one.in_row() == "row 3, '性别': found '猫', expected one of: 男. Choose one of them."
    many = TableError([one, one], total=5)
    assert str(many).splitlines() == ["5 errors in f.csv:", str(one), str(one), "… and 3 more"]
    assert (
        str(refusal("f.csv", "no_file", said("a name"), said("Send it.")))
        == "f.csv: expected a name. Send it."
    )
