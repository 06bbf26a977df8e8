"""The pure part of a screening, over all that may stand already; and rules in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.eligibility.elements import Element, Kind
from wangge.cores.eligibility.parsing import parse_rule
from wangge.work.services.findings import RANK, Finding, Held, changes
from wangge.work.services.models import Programme, Version
from wangge.work.services.states import CONDITIONS, DECIDED, STATES, TABLE, WAITING, Standing, find
from wangge.work.services.wording import in_words

PROGRAMME = Programme(code="p")
VERSION = Version(pk=1, programme=PROGRAMME)
DAY = date(2026, 7, 31)

rows = st.builds(
    Held, pk=st.integers(1, 99), person=st.sampled_from("ab"), round=st.integers(1, 3), state=st.sampled_from(STATES),
    stands=st.booleans(), version_id=st.integers(1, 2), place_id=st.none() | st.integers(1, 2), missing=st.just(""),
    to_ask=st.just(""), reason_zh=st.just(""), reason_en=st.just(""),
)  # fmt: skip
findings = st.builds(
    Finding, person=st.just("a"), verb=st.sampled_from(("find", "doubt", "lose")), version=st.just(VERSION),
    place=st.none() | st.integers(1, 2), reason=st.just(lambda: ("因为", "because")),
    to_ask=st.sampled_from(((), ("bank_account_held",))),
)  # fmt: skip


def ordered(found):
    """As the ledger gives them: the one that went furthest first."""
    return sorted(found, key=lambda row: (RANK[row.state], row.person != "a", row.pk))


@given(findings, st.lists(rows, max_size=3, unique_by=lambda row: row.pk).map(ordered))
def test_no_finding_changes_what_people_decided_or_makes_two_offers(finding, held):
    found = changes(finding, held, PROGRAMME, DAY)
    assert len({c.row.pk for c in found if c.row}) == len([c for c in found if c.row])
    for change in found:
        if change.row is None:
            assert held == []
        elif change.row.state in DECIDED:
            assert change.values.get("state", change.row.state) == change.row.state
            assert set(change.values) <= {"state", "stands", "place_id", "changed_at"}
            assert change.row.state == "confirmed"
        elif change.row.state in WAITING:
            assert change.values.get("state", change.row.state) not in DECIDED


@given(findings, st.lists(rows, min_size=1, max_size=3, unique_by=lambda row: row.pk).map(ordered))
def test_a_finding_applied_again_changes_nothing(finding, held):
    after = {row.pk: row for row in held}
    for change in changes(finding, held, PROGRAMME, DAY):
        new = {name: value for name, value in change.values.items() if name != "changed_at"}
        after[change.row.pk] = change.row._replace(**new)
    assert changes(finding, ordered(after.values()), PROGRAMME, DAY) == []


@given(
    st.sampled_from(STATES),
    st.sampled_from(sorted({m.verb for m in TABLE})),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_what_is_possible_stands_in_the_table(state, verb, stands, asks, by_hand):
    standing = Standing(stands, asks, by_hand)
    move = find(state, verb, standing)
    if move is not None:
        assert state in move.states.split()
        assert CONDITIONS[move.when](standing)


ELEMENTS = {
    "birth_date": Element("birth_date", Kind.DATE, "出生日期", "Date of birth"),
    "child_birth": Element("child_birth", Kind.DATE, "孩子出生日期", "Child's date of birth"),
    "level": Element("level", Kind.WHOLE, "残疾等级", "Level of disability"),
    "year": Element("year", Kind.WHOLE, "医保参保年度", "Year insured"),
    "status": Element("status", Kind.CHOICE, "养老待遇", "Pension", (("receiving", "正常领取", "Receiving"), ("ended", "终止", "Ended"))),
    "valid_to": Element("valid_to", Kind.DATE, "有效期至", "Valid to"),
    "alone": Element("alone", Kind.YES_NO, "独居", "Lives alone"),
}  # fmt: skip


@pytest.mark.parametrize(
    "rule,zh,en",
    [
        ("age >= 80", "年满80周岁", "aged 80 or more"),
        ("age < 15", "不满15周岁", "aged under 15"),
        ("age(child_birth) on 08-31 >= 6", "孩子出生日期：到8月31日年满6周岁", "Child's date of birth: aged 6 or more on 08-31"),
        ("level in 1, 2", "残疾等级为1、2", "Level of disability is 1 or 2"),
        ("year != this year", "医保参保年度不是本年", "Year insured is not this year"),
        ("status = ended", "养老待遇为终止", "Pension is Ended"),
        ("valid_to >= today", "有效期至不早于办理之日", "Valid to is not before the day of screening"),
        ("valid_to within 30 days", "有效期至在30日之内", "Valid to is within 30 days"),
        ("months since valid_to >= 12", "距有效期至已满12个月", "Valid to was 12 months ago or more"),
        ("alone unknown", "没有独居记录", "no Lives alone on record"),
        ("not (alone = yes or level = 1)", "不属于：独居，或者残疾等级为1", "not: Lives alone or Level of disability is 1"),
        ("alone = yes or (level = 1 and age >= 60)", "独居，或者（残疾等级为1，并且年满60周岁）",
         "Lives alone or (Level of disability is 1 and aged 60 or more)"),
    ],
)  # fmt: skip
def test_rules_read_as_sentences(rule, zh, en):
    assert in_words(parse_rule(rule, elements=ELEMENTS), ELEMENTS) == [(zh, en)]


def test_each_line_of_a_rule_is_a_sentence_of_its_own():
    said = in_words(parse_rule("age >= 75\nalone = yes", elements=ELEMENTS), ELEMENTS)
    assert [zh for zh, _ in said] == ["年满75周岁", "独居"]
