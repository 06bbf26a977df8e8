"""Reasons in words: every offer says what it rests on, in Chinese and English."""

import datetime as dt

import pytest
from eligibility_programmes import VERSIONS, version

from wangge.cores.eligibility.reasons import explain

ON = dt.date(2026, 9, 1)
BORN = dt.date(1944, 5, 12)


def test_the_reason_of_an_offer():
    row = {"birth_date": BORN, "registered_here": True, "name": "never read"}
    reasons = explain(row, VERSIONS["old_age_allowance"], ON)
    assert reasons.text("zh") == "1944-05 出生，满 82 岁；健在；户籍在本区；未在发放名册"
    assert reasons.text("en") == (
        "born 1944-05, aged 82; living; registered in the district; not on the payout roster"
    )
    assert [fact.element for fact in reasons.facts] == [
        "birth_date",
        "death_date",
        "registered_here",
        "on_roster",
    ]
    assert all(fact.holds and fact.decides for fact in reasons.facts)
    assert reasons.facts[0].value == BORN
    assert reasons.missing == ()


SAYINGS = [
    ("age >= 85", {"birth_date": BORN}, "1944-05 出生，满 82 岁，未满 85 岁", "born 1944-05, aged 82, under 85"),
    ("age < 80", {"birth_date": BORN}, "1944-05 出生，满 82 岁，已满 80 岁", "born 1944-05, aged 82, not under 80"),
    (
        "age on 08-31 >= 6",
        {"birth_date": dt.date(2020, 9, 1)},
        "2020-09 出生，到 8 月 31 日满 5 岁，未满 6 岁",
        "born 2020-09, aged 5 on 2026-08-31, under 6",
    ),
    ("age >= 80", {"birth_date": dt.date(2044, 5, 1)}, "出生日期 2044-05 尚未到", "Date of birth 2044-05 is still to come"),
    ("age >= 80", {}, "出生日期不详", "Date of birth: not known"),
    ("lives_alone = yes", {"lives_alone": False}, "独居：否", "Lives alone: no"),
    ("disability_level in 1, 2", {"disability_level": 2}, "残疾等级：二级", "Level of disability: two"),
    (
        "disability_level in 1, 2",
        {"disability_level": 3},
        "残疾等级：三级，不是一级、二级",
        "Level of disability: three, not one or two",
    ),
    (
        "certificate_valid_to >= today",
        {"certificate_valid_to": dt.date(2027, 1, 1)},
        "残疾人证有效期至：2027-01-01，不早于办理之日",
        "Certificate valid to: 2027-01-01, not before the day of screening",
    ),
    (
        "certificate_valid_to >= today",
        {"certificate_valid_to": dt.date(2025, 1, 1)},
        "残疾人证有效期至：2025-01-01，早于办理之日",
        "Certificate valid to: 2025-01-01, before the day of screening",
    ),
    ("insured_year != this year", {}, "没有医保参保年度记录", "Year insured: none held"),
    ("insured_year = this year", {"insured_year": 2025}, "医保参保年度：2025，不是本年", "Year insured: 2025, not this year"),
    ("income < 1200", {"income": 800.5}, "月收入：800.5，低于 1200", "Monthly income: 800.5, less than 1200"),
    ("income < 1200", {"income": 1500}, "月收入：1500，不低于 1200", "Monthly income: 1500, at least 1200"),
    ("enrolled_school unknown", {}, "没有在读学校记录", "School: none held"),
    ("enrolled_school unknown", {"enrolled_school": "一小"}, "有在读学校记录", "School: held"),
    (
        "division starts with 420502",
        {"division": "420502001"},
        "区划：420502001，属于 420502",
        "Division: 420502001, under 420502",
    ),
    (
        "certificate_valid_to within 30 days",
        {"certificate_valid_to": dt.date(2026, 9, 20)},
        "残疾人证有效期至：2026-09-20，在 30 日之内",
        "Certificate valid to: 2026-09-20, within 30 days",
    ),
    (
        "months since checkup_date >= 12",
        {"checkup_date": dt.date(2026, 1, 15)},
        "最近体检日期：2026-01-15，已过 7 个月，不足 12 个月",
        "Last check-up: 2026-01-15, 7 months ago, less than 12",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "row", "chinese", "english"), SAYINGS)
def test_facts_in_words(rule, row, chinese, english):
    reasons = explain(row, version("x", rule), ON)
    assert (reasons.text("zh-hans"), reasons.text("en")) == (chinese, english)


def test_only_what_decides_is_said():
    rule = "age >= 80 or lives_alone = yes or disability_level in 1"
    reasons = explain({"lives_alone": True, "disability_level": 3}, version("x", rule), ON)
    assert reasons.text() == "独居"
    assert [(fact.holds, fact.decides) for fact in reasons.facts] == [
        (None, False),
        (True, True),
        (False, False),
    ]


def test_what_is_open_says_what_is_not_known():
    reasons = explain({"birth_date": BORN}, VERSIONS["elderly_alone"], ON)
    assert (reasons.outcome, reasons.missing, reasons.text()) == (
        "undetermined",
        ("lives_alone",),
        "独居不详",
    )


def test_not_turns_the_answer_and_keeps_the_facts():
    reasons = explain({"lives_alone": False}, version("x", "not (lives_alone = yes)"), ON)
    assert (reasons.outcome, reasons.text()) == ("entitled", "独居：否")
