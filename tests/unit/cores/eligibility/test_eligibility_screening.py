"""Screening: who is entitled on which day, what is not known is never held against anybody."""

import dataclasses
import datetime as dt
import time
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from eligibility_programmes import DECLARED, ELEMENTS, RULES, VERSIONS, version
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.eligibility.elements import Element, Kind
from wangge.cores.eligibility.parsing import parse_rule
from wangge.cores.eligibility.reasons import NotInForce, explain
from wangge.cores.eligibility.rules import (
    BARE,
    COUNTS,
    LISTS,
    ORDER,
    Condition,
    Group,
    Operator,
    Relative,
    Rule,
    all_of,
    any_of,
    not_,
)
from wangge.cores.eligibility.screening import Outcome, screen
from wangge.cores.eligibility.versions import ProgrammeVersion, RuleErrors, check, operators

ON = dt.date(2026, 9, 1)
SCHEMA = {
    Kind.DATE: pa.date32(),
    Kind.YES_NO: pa.bool_(),
    Kind.WHOLE: pa.int64(),
    Kind.DECIMAL: pa.float64(),
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
}


def people(*rows):
    columns = {e.code: pa.array([row.get(e.code) for row in rows], SCHEMA[e.kind]) for e in DECLARED}
    return pa.table({"person": [f"p{i}" for i in range(len(rows))], **columns})


def outcomes(code_or_version, *rows, on=ON):
    found = VERSIONS[code_or_version] if isinstance(code_or_version, str) else code_or_version
    return screen(people(*rows), found, on).to_arrow().column("outcome").to_pylist()


OLD = {"birth_date": dt.date(1944, 5, 12), "registered_here": True, "on_roster": False}
YES, NO, OPEN = "entitled", "not_entitled", "undetermined"
CASES = [
    ("old_age_allowance", OLD, YES),
    ("old_age_allowance", {**OLD, "birth_date": dt.date(1946, 9, 1)}, YES),
    ("old_age_allowance", {**OLD, "birth_date": dt.date(1946, 9, 2)}, NO),
    ("old_age_allowance", {**OLD, "death_date": dt.date(2026, 1, 1)}, NO),
    ("old_age_allowance", {**OLD, "on_roster": True}, NO),
    ("old_age_allowance", {**OLD, "on_roster": None}, YES),
    ("old_age_allowance", {**OLD, "registered_here": None}, OPEN),
    ("old_age_allowance", {**OLD, "birth_date": None}, OPEN),
    ("old_age_allowance", {**OLD, "birth_date": None, "registered_here": False}, NO),
    ("old_age_allowance", {**OLD, "birth_date": dt.date(2044, 5, 12)}, OPEN),
    (
        "care_subsidy",
        {"disability_level": 2, "certificate_valid_to": ON, "receiving_care_subsidy": False},
        YES,
    ),
    (
        "care_subsidy",
        {"disability_level": 3, "certificate_valid_to": None, "receiving_care_subsidy": None},
        NO,
    ),
    ("care_subsidy", {"disability_level": 1, "certificate_valid_to": dt.date(2026, 8, 31)}, NO),
    ("care_subsidy", {"disability_level": 1, "certificate_valid_to": ON}, OPEN),
    ("medical_insurance", {"lives_here": True, "insured_year": 2025}, YES),
    ("medical_insurance", {"lives_here": True, "insured_year": 2026}, NO),
    ("medical_insurance", {"lives_here": True}, YES),
    ("medical_insurance", {}, OPEN),
    ("school_start", {"birth_date": dt.date(2020, 8, 31), "lives_here": True}, YES),
    ("school_start", {"birth_date": dt.date(2020, 9, 1), "lives_here": True}, NO),
    ("school_start", {"birth_date": dt.date(2019, 8, 31), "lives_here": True}, NO),
    ("school_start", {"birth_date": dt.date(2020, 8, 31), "lives_here": True, "enrolled_school": "一小"}, NO),
    ("elderly_alone", {"birth_date": dt.date(1950, 1, 1), "lives_alone": True}, YES),
    ("elderly_alone", {"birth_date": dt.date(1950, 1, 1)}, OPEN),
]


@pytest.mark.parametrize(("code", "row", "outcome"), CASES)
def test_five_programmes(code, row, outcome):
    assert outcomes(code, row) == [outcome]
    assert explain(row, VERSIONS[code], ON).outcome == outcome


def test_what_is_open_comes_with_what_would_settle_it():
    screening = screen(
        people({"birth_date": dt.date(1944, 5, 12)}, {}, OLD), VERSIONS["old_age_allowance"], ON
    )
    assert screening.settled_by(0) == ("registered_here",)
    assert screening.settled_by(1) == ("birth_date", "registered_here")
    assert screening.settled_by(2) == ()
    assert screening.to_arrow().column("missing").to_pylist()[0] == ["registered_here"]
    assert screening.counts() == {Outcome.ENTITLED: 1, Outcome.NOT_ENTITLED: 0, Outcome.UNDETERMINED: 2}
    assert screening.persons_with(Outcome.ENTITLED).to_pylist() == ["p2"]
    assert screening.rows_with(Outcome.UNDETERMINED).tolist() == [0, 1]


def test_a_missing_value_that_cannot_change_the_answer_is_not_asked_for():
    found = version("x", "lives_here = yes or (age >= 80 and lives_alone = yes)")
    screening = screen(people({"birth_date": dt.date(2000, 1, 1)}), found, ON)
    assert screening.settled_by(0) == ("lives_here",)


@pytest.mark.parametrize(
    ("on", "count"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-06-30", 1), ("2026-07-01", 0)]
)
def test_outside_its_days_nobody_is_screened(on, count):
    found = version("old_age_allowance", last_day=dt.date(2026, 6, 30))
    day = dt.date.fromisoformat(on)
    screening = screen(people(OLD), found, day)
    assert (screening.in_force, sum(screening.counts().values())) == (bool(count), count)
    assert screening.to_arrow().num_rows == count
    if not count:
        with pytest.raises(NotInForce, match="not in force on"):
            explain(OLD, found, day)


def test_a_later_version_changes_the_list():
    first = version("old_age_allowance", last_day=dt.date(2026, 8, 31))
    then = version("old_age_allowance", "age >= 85; registered_here = yes", first_day=ON)
    assert outcomes(first, OLD, on=dt.date(2026, 8, 31)) == [YES]
    assert outcomes(then, OLD) == [NO]


def test_only_declared_elements_are_read():
    table = people(OLD).append_column("score", pa.array([1]))
    assert screen(table, VERSIONS["old_age_allowance"], ON).counts()[Outcome.ENTITLED] == 1
    with pytest.raises(KeyError, match="lacks the columns on_roster"):
        screen(table.drop_columns(["on_roster"]), VERSIONS["old_age_allowance"], ON)


BIRTH = Condition("birth_date", Operator.AGE_GE, 80)
PROBLEMS = [
    (Condition("birth_dat", Operator.AGE_GE, 80), "undeclared_element", "did you mean 'birth_date'"),
    (Condition("ethnicity", Operator.EQ, "x"), "undeclared_element", "is not declared"),
    (Condition("sex", Operator.AGE_GE, 80), "wrong_operator", "can't be asked of sex"),
    (Condition("lives_here", Operator.GE, True), "wrong_operator", "of the kind yes_no"),
    (Condition("on_roster", Operator.KNOWN), "wrong_operator", "what is not held has a value"),
    (Condition("birth_date", Operator.AGE_GE, "80"), "wrong_value", "a whole number from 0"),
    (Condition("birth_date", Operator.AGE_GE, 80, (2, 30)), "wrong_value", "a month and day"),
    (Condition("birth_date", Operator.AGE_GE, Decimal("80.5")), "wrong_value", "a whole number from 0"),
    (Condition("birth_date", Operator.EQ, 1944), "wrong_value", "a date such as"),
    (Condition("lives_here", Operator.EQ, 1), "wrong_value", "yes or no"),
    (Condition("insured_year", Operator.EQ, True), "wrong_value", "a whole number"),
    (Condition("disability_level", Operator.IN, 1), "wrong_value", "a list of values"),
    (Condition("disability_level", Operator.IN, ()), "wrong_value", "a list of values"),
    (Condition("disability_level", Operator.EQ, (1, 2)), "wrong_value", "one value"),
    (Condition("disability_level", Operator.EQ, 5), "wrong_value", "one of 1 (一级)"),
    (Condition("division", Operator.KNOWN, "x"), "wrong_value", "no value"),
    (Condition("income", Operator.GT, Relative.TODAY), "wrong_value", "a number"),
    (Rule(Group.ALL, ()), "empty_group", "expected at least one part"),
    (Rule(Group.NOT, (BIRTH, BIRTH)), "empty_group", "expected exactly one part"),
]


@pytest.mark.parametrize(("rule", "code", "message"), PROBLEMS)
def test_an_unsound_version_is_refused_before_it_reads_anybody(rule, code, message):
    unsound = ProgrammeVersion("x", any_of(BIRTH, rule), tuple(DECLARED), dt.date(2026, 1, 1))
    (problem,) = check(unsound)
    assert problem.code == code
    assert message in str(problem)
    with pytest.raises(RuleErrors, match="the rule of 'x' can't be used"):
        screen(people(OLD), unsound, ON)
    with pytest.raises(RuleErrors):
        explain(OLD, unsound, ON)


def test_versions_that_contradict_themselves():
    deep = BIRTH
    for _ in range(21):
        deep = not_(deep)
    codes = [
        [p.code for p in check(dataclasses.replace(VERSIONS["elderly_alone"], last_day=dt.date(2025, 1, 1)))],
        [p.code for p in check(ProgrammeVersion("x", BIRTH, (DECLARED[0],) * 2, ON))],
        [p.code for p in check(ProgrammeVersion("x", deep, (DECLARED[0],), ON))],
        [p.code for v in VERSIONS.values() for p in check(v)],
    ]
    assert codes == [["no_validity"], ["declared_twice"], ["too_deep"], []]


def test_values_as_text_are_taken_as_their_kind():
    table = pa.table(
        {
            "person": [1, 2, 3, 4],
            "birth_date": ["1944-05-12", "1944-5-12", "", None],
            "lives_alone": ["是", "yes", "1", "maybe"],
        }
    )
    found = screen(table, VERSIONS["elderly_alone"], ON)
    assert found.to_arrow().column("outcome").to_pylist() == [YES, OPEN, OPEN, OPEN]
    levels = pa.table({"person": [1, 2, 3], "disability_level": ["1", "x", "3"]})
    found = screen(levels, version("x", "disability_level in 1, 2"), ON)
    assert found.to_arrow().column("outcome").to_pylist() == [YES, OPEN, NO]


# Reference: ages as people count them, written anew.
BIRTHS = st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1))


@given(BIRTHS, st.dates(dt.date(2020, 1, 1), dt.date(2029, 12, 31)), st.integers(0, 120))
def test_ages_are_those_of_the_calendar(birth, on, years):
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    reached = explain({"birth_date": birth}, dated(f"age >= {years}"), on).outcome
    expected = OPEN if birth > on else YES if age >= years else NO
    assert reached == expected


def dated(text):
    rule = parse_rule(text)
    return ProgrammeVersion("x", rule, (ELEMENTS["birth_date"],), dt.date(2000, 1, 1))


def test_who_is_born_on_29_february_is_older_on_1_march():
    row = {"birth_date": dt.date(1944, 2, 29)}
    days = [dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2024, 2, 28), dt.date(2024, 2, 29)]
    ages = [dated("age >= 82"), dated("age >= 82"), dated("age >= 80"), dated("age >= 80")]
    assert [explain(row, v, day).outcome for v, day in zip(ages, days, strict=True)] == [NO, YES, NO, YES]


# One person and a million: the same answers, and the same elements that would settle them.
RAW = {
    Kind.DATE: st.dates(dt.date(1935, 1, 1), dt.date(2028, 1, 1)),
    Kind.YES_NO: st.booleans(),
    Kind.WHOLE: st.integers(0, 5) | st.sampled_from([2025, 2026, 10**17]),
    Kind.DECIMAL: st.floats(-10, 10) | st.sampled_from([float("nan"), float("inf"), 1.5]),
    Kind.TEXT: st.sampled_from(["", "4205", "420502001", "一小", "x"]),
    Kind.CHOICE: st.sampled_from(["1", "2", "9", ""]),
}
LITERALS = {
    Kind.DATE: RAW[Kind.DATE] | st.just(Relative.TODAY),
    Kind.YES_NO: st.booleans(),
    Kind.WHOLE: st.integers(1, 4) | st.just(Relative.THIS_YEAR),
    Kind.DECIMAL: st.decimals(-10, 10, places=1),
    Kind.TEXT: st.sampled_from(["4205", "一小", "x"]),
    Kind.CHOICE: st.sampled_from(["1", "2"]),
}


@st.composite
def any_condition(draw):
    element = draw(st.sampled_from(DECLARED))
    allowed = operators(element.kind) - (BARE if element.absent is not None else frozenset())
    operator = draw(st.sampled_from(sorted(allowed)))
    literals = LITERALS[element.kind]
    if element.choices and element.kind is Kind.WHOLE:
        literals = st.integers(1, 4)
    if operator in BARE:
        return Condition(element.code, operator)
    if operator in COUNTS:
        at = st.sampled_from([None, (8, 31), (12, 31)]) if operator.startswith("age") else st.none()
        return Condition(element.code, operator, draw(st.integers(0, 90)), draw(at))
    if operator in LISTS:
        return Condition(element.code, operator, tuple(draw(st.lists(literals, min_size=1, max_size=3))))
    assert operator in ORDER | {Operator.EQ, Operator.NE, Operator.STARTS_WITH}
    return Condition(element.code, operator, draw(literals))


def groups(parts):
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda found: all_of(*found)), several.map(lambda found: any_of(*found)), parts.map(not_)
    )


ROWS = st.fixed_dictionaries({element.code: st.none() | RAW[element.kind] for element in DECLARED})


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(any_condition(), groups, max_leaves=8),
    st.lists(ROWS, min_size=1, max_size=5),
    st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
)
def test_columns_and_rows_agree(rule, rows, on):
    found = ProgrammeVersion("x", rule, tuple(DECLARED), dt.date(2024, 1, 1))
    screening = screen(people(*rows), found, on)
    for index, (row, outcome) in enumerate(
        zip(rows, screening.to_arrow()["outcome"].to_pylist(), strict=True)
    ):
        reasons = explain(row, found, on)
        assert reasons.outcome == outcome
        assert set(reasons.missing) == set(screening.settled_by(index))
        assert (reasons.outcome == OPEN) == bool(reasons.missing)
        assert reasons.text("zh")
        assert reasons.text("en")


PLAIN = any_condition().filter(lambda c: c.operator not in BARE and ELEMENTS[c.element].absent is None)


@settings(max_examples=100, deadline=None)
@given(st.recursive(PLAIN, groups, max_leaves=6), ROWS, ROWS)
def test_learning_a_missing_value_never_overturns_an_answer(rule, row, more):
    """What was said of somebody with gaps stays true when the gaps are filled."""
    filled = {code: more[code] if value is None else value for code, value in row.items()}
    found = ProgrammeVersion("x", rule, tuple(DECLARED), dt.date(2024, 1, 1))
    before, after = explain(row, found, ON).outcome, explain(filled, found, ON).outcome
    assert before in (OPEN, after)


def test_a_million_people_and_five_rules_take_seconds():
    count = 200_000
    random = np.random.default_rng(7)
    birth = pa.array(
        random.integers(-12_000, 20_000, count).astype(np.int32), mask=random.random(count) < 0.05
    )
    columns = {"person": pa.array(np.arange(count)), "birth_date": birth.cast(pa.date32())}
    for element in DECLARED[1:]:
        mask = random.random(count) < 0.3
        if element.kind is Kind.YES_NO:
            columns[element.code] = pa.array(random.random(count) < 0.5, mask=mask)
        elif element.kind is Kind.DATE:
            days = random.integers(19_000, 21_500, count).astype(np.int32)
            columns[element.code] = pa.array(days, mask=mask).cast(pa.date32())
        elif element.kind is Kind.WHOLE:
            columns[element.code] = pa.array(random.integers(0, 5, count), mask=mask)
    columns["enrolled_school"] = pa.array(["一小", None, "二小", None] * (count // 4))
    table = pa.table(columns)
    begun = time.process_time()
    counted = [screen(table, found, ON).counts() for found in VERSIONS.values()]
    assert time.process_time() - begun < 2
    assert all(sum(counts.values()) == count and min(counts.values()) > 0 for counts in counted[:2])
    assert len(counted) == len(RULES)


def test_an_element_that_no_rule_reads_may_be_declared():
    spare = Element("name", Kind.TEXT, "姓名", "Name")
    found = dataclasses.replace(
        VERSIONS["elderly_alone"], elements=(*VERSIONS["elderly_alone"].elements, spare)
    )
    assert check(found) == ()
    assert found.read() == ("birth_date", "lives_alone")
