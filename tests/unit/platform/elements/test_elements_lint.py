from importlib import resources

import pytest
import yaml

from wangge.platform.elements import lint, registry

SAMPLE = yaml.safe_load(
    resources.files("wangge.platform.elements").joinpath("lint_sample.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("text", SAMPLE["refuse"])
def test_a_red_line_is_refused(text):
    assert lint.check(text) is not None


@pytest.mark.parametrize("text", SAMPLE["pass"])
def test_what_serves_people_passes(text):
    assert lint.check(text) is None


def test_a_refusal_names_the_words_and_the_reason_in_both_languages():
    found = lint.check("姓名", "是否重点人员")
    assert found.concept == "control_list"
    assert found.found == "重点人员"
    assert found.zh
    assert found.en


def test_every_registered_element_passes_the_lint():
    for one in registry.elements().values():
        choices = [text for choice in one.choices for text in choice[1:]]
        assert lint.check(one.code.replace("_", " "), one.zh, one.en, *choices) is None, one.code


def test_every_element_says_why_it_is_held():
    for one in registry.elements().values():
        assert one.purpose
        assert one.basis
        assert one.retention > 0
        assert one.zh
        assert one.en


def test_an_unknown_element_says_where_to_register_it():
    with pytest.raises(registry.UnknownElement, match=r"elements\.yaml"):
        registry.element("shoe_size")
