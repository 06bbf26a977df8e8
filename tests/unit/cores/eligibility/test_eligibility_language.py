"""The rule language: what an officer types, read back and refused with the place."""

import datetime as dt
from decimal import Decimal

import pytest
from eligibility_programmes import ELEMENTS
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.eligibility.parsing import parse_condition, parse_rule
from wangge.cores.eligibility.printing import condition_text, rule_text
from wangge.cores.eligibility.rules import (
    BARE,
    Condition,
    Group,
    Operator,
    Relative,
    Rule,
    all_of,
    any_of,
    not_,
)
from wangge.cores.eligibility.words import ConditionError

TYPED = {
    "age >= 80": Condition("birth_date", Operator.AGE_GE, 80),
    "age > 79": Condition("birth_date", Operator.AGE_GE, 80),
    "age ≤ 5": Condition("birth_date", Operator.AGE_LT, 6),
    "age(child_birth) on 08-31 >= 6 years": Condition("child_birth", Operator.AGE_GE, 6, (8, 31)),
    "age on 8月31日 < 7岁": Condition("birth_date", Operator.AGE_LT, 7, (8, 31)),
    "disability_level in 1,2": Condition("disability_level", Operator.IN, (1, 2)),
    "disability_level in (1、2，2)": Condition("disability_level", Operator.IN, (1, 2)),
    "kind not in a, b": Condition("kind", Operator.NOT_IN, ("a", "b")),
    "receiving_old_age_allowance = no": Condition("receiving_old_age_allowance", Operator.EQ, False),
    "独居 ＝ 是": Condition("独居", Operator.EQ, True),
    "等级 属于 1、2": Condition("等级", Operator.IN, (1, 2)),
    "等级 不属于 1": Condition("等级", Operator.NOT_IN, (1,)),
    "学校 未知": Condition("学校", Operator.UNKNOWN),
    "school is known": Condition("school", Operator.KNOWN),
    "insured_year <> this year": Condition("insured_year", Operator.NE, Relative.THIS_YEAR),
    "insured_year != 今年": Condition("insured_year", Operator.NE, Relative.THIS_YEAR),
    "valid_to >= today": Condition("valid_to", Operator.GE, Relative.TODAY),
    "valid_to within 30 days": Condition("valid_to", Operator.WITHIN_DAYS, 30),
    "months since checkup >= 12": Condition("checkup", Operator.MONTHS_SINCE_GE, 12),
    "months since checkup <= 11": Condition("checkup", Operator.MONTHS_SINCE_LT, 12),
    "day = 2026-05-01": Condition("day", Operator.EQ, dt.date(2026, 5, 1)),
    "income < 1200.50": Condition("income", Operator.LT, Decimal("1200.50")),
    "code = 007": Condition("code", Operator.EQ, "007"),
    'code = "7"': Condition("code", Operator.EQ, "7"),
    "school = “第一 小学”": Condition("school", Operator.EQ, "第一 小学"),
    "division starts with 420502": Condition("division", Operator.STARTS_WITH, "420502"),
}


@pytest.mark.parametrize("text", TYPED)
def test_what_officers_type(text):
    assert parse_condition(text) == TYPED[text]


@pytest.mark.parametrize("text", TYPED)
def test_what_is_printed_is_read_back(text):
    assert parse_condition(condition_text(TYPED[text])) == TYPED[text]


REFUSED = [
    ("", 0, "the name of an element"),
    (">= 80", 0, "the name of an element"),
    ("age", 3, "one of >= < > <="),
    ("age = 80", 4, "one of >= < > <="),
    ("age >= eighty", 7, "a whole number"),
    ("age >= 80.5", 7, "a whole number"),
    ("age on 02-30 >= 6", 7, "a day such as 08-31"),
    ("age(birth >= 6", 10, "a closing bracket"),
    ("level", 5, "one of = != >= <="),
    ("level in", 8, "a value"),
    ("level in 1,", 11, "a value"),
    ("level not 1", 10, "'in' behind 'not'"),
    ("level ! 1", 6, "a name, a sign or a value"),
    ("level = 1 2", 10, "the end"),
    ("level = 1 and", 13, "the name of an element"),
    ("level = and", 8, "a value"),
    ("not level = 1", 4, "a bracket behind 'not'"),
    ("(level = 1", 10, "a closing bracket"),
    ('school = "x', 9, "a closing quote"),
    ("valid within x days", 13, "a whole number"),
    ("__import__('os')", 10, "one of ="),
    ("(" * 21 + "a = 1" + ")" * 21, 20, "at most 20 brackets"),
]


@pytest.mark.parametrize(("text", "offset", "expected"), REFUSED)
def test_what_is_no_rule_is_refused_at_its_character(text, offset, expected):
    with pytest.raises(ConditionError) as caught:
        parse_rule(text)
    assert caught.value.offset == offset
    assert caught.value.expected.startswith(expected)
    assert f"character {offset + 1}" in str(caught.value)


ALIASES = {"年龄": "age", "残疾等级": "disability_level", "性别": "sex", "独居": "lives_alone"}


def test_chinese_names_through_a_mapping():
    parsed = parse_condition("年龄 >= 80", aliases=ALIASES)
    assert parsed == Condition("birth_date", Operator.AGE_GE, 80)
    assert condition_text(parsed, ALIASES) == "年龄 >= 80"
    rule = parse_rule("年龄>=70岁 且 独居=是", elements=ELEMENTS, aliases=ALIASES)
    assert rule_text(rule, ALIASES) == "年龄 >= 70 and 独居 = yes"


def test_declared_elements_give_values_their_kind():
    assert parse_condition("性别 = 女", elements=ELEMENTS, aliases=ALIASES).value == "2"
    assert parse_condition("sex = 2", elements=ELEMENTS).value == "2"
    assert parse_condition("disability_level in 一级, 2", elements=ELEMENTS).value == (1, 2)
    assert parse_condition("division = 420502001", elements=ELEMENTS).value == "420502001"
    assert parse_condition("enrolled_school = yes", elements=ELEMENTS).value == "yes"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("disability_levle = 1", "did you mean 'disability_level'"),
        ("sex = 3", r"one of 1 \(男\), 2 \(女\)"),
        ("lives_alone = 2", "yes or no"),
        ("insured_year = 2026.5", "a whole number"),
        ("income > much", "a number"),
        ("certificate_valid_to > 2026-13-01", "a date such as"),
        ("certificate_valid_to > yes", "a date such as"),
    ],
)
def test_values_that_their_element_cannot_have(text, message):
    with pytest.raises(ConditionError, match=message):
        parse_condition(text, elements=ELEMENTS)


def test_age_needs_a_declared_birth_date():
    elements = {code: element for code, element in ELEMENTS.items() if code != "birth_date"}
    with pytest.raises(ConditionError, match="birth_date is not declared"):
        parse_condition("age >= 80", elements=elements)


def test_and_binds_more_closely_than_or():
    a, b, c = (Condition(name, Operator.EQ, True) for name in "abc")
    assert parse_rule("a = yes or b = yes and c = yes") == any_of(a, all_of(b, c))
    assert parse_rule("(a = yes or b = yes) and c = yes") == all_of(any_of(a, b), c)
    assert parse_rule("a = yes; b = yes\nc = yes;") == all_of(a, b, c)
    assert parse_rule("a = yes 且 非(b = yes 或 c = yes)") == all_of(a, not_(any_of(b, c)))


NAMES = st.sampled_from(["birth_date", "等级", "a.b-c", "x1"])
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.integers(-(10**20), 10**20),
    st.decimals(-1000, 1000, places=3),
    st.dates(),
    st.booleans(),
    st.sampled_from(list(Relative)),
)
COMPARISONS = st.sampled_from([Operator.EQ, Operator.NE, Operator.GE, Operator.LE, Operator.GT, Operator.LT])
COUNTS = st.integers(0, 40_000)
DAYS = st.sampled_from([None, (8, 31), (1, 1)])
CONDITIONS = st.one_of(
    st.builds(Condition, NAMES, COMPARISONS, VALUES),
    st.builds(Condition, NAMES, st.sampled_from([Operator.IN, Operator.NOT_IN]),
              st.lists(VALUES, min_size=1, max_size=3, unique_by=repr).map(tuple)),
    st.builds(Condition, NAMES, st.sampled_from([Operator.AGE_GE, Operator.AGE_LT]), COUNTS, DAYS),
    st.builds(Condition, NAMES, st.sampled_from([Operator.MONTHS_SINCE_GE, Operator.MONTHS_SINCE_LT]), COUNTS),
    st.builds(Condition, NAMES, st.just(Operator.WITHIN_DAYS), COUNTS),
    st.builds(Condition, NAMES, st.just(Operator.STARTS_WITH), st.text("0123中 \"'“", max_size=5)),
    st.builds(Condition, NAMES, st.sampled_from(sorted(BARE))),
)  # fmt: skip


def grouped(parts):
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Rule, st.sampled_from([Group.ALL, Group.ANY]), several),
        st.builds(Rule, st.just(Group.NOT), st.tuples(parts)),
    )


def test_equal_lists_make_equal_conditions_and_yes_is_not_one():
    assert Condition("level", Operator.IN, (0, Decimal("0.000"), 1)).value == (0, 1)
    assert Condition("level", Operator.IN, (True, 1)).value == (True, 1)


@given(st.recursive(CONDITIONS, grouped, max_leaves=8))
def test_every_rule_is_printed_and_read_back(rule):
    assert parse_rule(rule_text(rule)) == rule


@given(st.text(max_size=30) | st.text('ab=<>(,in 1"and', max_size=30))
def test_any_text_is_a_rule_or_refused_with_a_place(text):
    try:
        parse_rule(text)
        offset = 0
    except ConditionError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)
