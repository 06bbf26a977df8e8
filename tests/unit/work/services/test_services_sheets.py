"""One file adds a programme or a dated version; every fault is named, and nothing half-done stays behind."""

import io
from datetime import date

import pytest
from service_town import ALLOWANCE, CHECKUP, OLD, VISIT

from wangge.cores.tables.errors import TableError
from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.platform.access import actors, allowances
from wangge.platform.access.errors import Forbidden, NotFound
from wangge.platform.audit.models import Entry
from wangge.work.services import actions, queries
from wangge.work.services.models import Programme, Version
from wangge.work.todos import queries as inbox

pytestmark = pytest.mark.django_db


def workbook(row):
    """One row under exactly these headers."""
    target = io.BytesIO()
    write_xlsx(target, [Sheet("事项", list(row), [list(row.values())])])
    return target.getvalue()


def faults(town, *programmes, by=None):
    """What the file is refused for: (row, column, code)."""
    with pytest.raises(TableError) as refused:
        town.load(*programmes, by=by)
    assert (Programme.objects.count(), Version.objects.count()) == (0, 0)
    assert all(e.file == "programmes.xlsx" and e.sheet == "programmes" for e in refused.value.errors)
    return [(e.row, e.column, e.code) for e in refused.value.errors]


def test_a_file_adds_programmes_with_their_defaults(town):
    loaded = town.load(ALLOWANCE, VISIT, CHECKUP)
    assert [(p.code, p.did, p.row) for p in loaded.programmes] == [
        ("old_age_allowance", "added", 2), ("alone_visit", "added", 3), ("elderly_checkup", "added", 4),
    ]  # fmt: skip
    found = {p.code: p for p in queries.programmes(actors.PUBLIC)}
    allowance = found["old_age_allowance"]
    assert allowance.rule_zh == ["年满80周岁", "户籍在本区", "没有领取高龄津贴"]
    assert allowance.rule_en[0] == "aged 80 or more"
    assert allowance.asks_zh == ["开户行已登记"]
    assert (allowance.mode_zh, allowance.department_zh, allowance.in_force) == ("免申即享", "民政局", True)
    uses = {e.code: e.uses for e in allowance.elements}
    assert uses == {
        "birth_date": ["rule"], "registered_here": ["rule"], "receiving_old_age_allowance": ["rule"],
        "bank_account_held": ["giving"], "name": ["identity"],
    }  # fmt: skip
    assert [found[c].minutes for c in ("old_age_allowance", "alone_visit", "elderly_checkup")] == [15, 25, 10]
    assert found["elderly_checkup"].rule_zh[1] == "没有最近体检日期记录，或者距最近体检日期已满12个月"


def test_loading_writes_what_may_be_read_and_what_may_be_asked(town, later):
    town.load(ALLOWANCE | {"to": "2026-12-31"}, CHECKUP)
    held = allowances.allowed_elements(holder="programme:old_age_allowance", purpose="elderly_service")
    assert held == {
        "birth_date",
        "registered_here",
        "receiving_old_age_allowance",
        "bank_account_held",
        "name",
    }
    assert (
        allowances.allowed_elements(holder="programme:old_age_allowance", purpose="elderly_health") == set()
    )
    admitted = {a.code: a for a in inbox.admissions(actors.PUBLIC)}
    assert admitted["programme:old_age_allowance"].to_on == date(2026, 12, 31)
    assert (
        admitted["programme:elderly_checkup"].invited,
        admitted["programme:old_age_allowance"].invited,
    ) == (True, False)
    with later(days=200):
        assert allowances.allowed_elements(holder="programme:old_age_allowance") == set()


def test_the_same_file_again_changes_nothing(town):
    town.load(ALLOWANCE, VISIT)
    acts = Entry.objects.count()
    assert {p.did for p in town.load(ALLOWANCE, VISIT).programmes} == {"unchanged"}
    assert (Version.objects.count(), Entry.objects.count()) == (2, acts)


def test_a_correction_keeps_what_it_replaces(town):
    town.load(ALLOWANCE)
    assert town.load(ALLOWANCE | {"conditions": "age >= 85"}).programmes[0].did == "corrected"
    assert sorted(Version.objects.values_list("replaced", "rule")) == [
        (False, "age >= 85"),
        (True, Version.objects.get(replaced=True).rule),
    ]
    held = allowances.allowed_elements(holder="programme:old_age_allowance")
    assert "birth_date" in held


def test_a_dated_version_ends_the_one_before(town, later):
    town.load(ALLOWANCE)
    assert (
        town.load(ALLOWANCE | {"from": "2026-09-01", "conditions": "age >= 70"}).programmes[0].did
        == "new_version"
    )
    now = queries.programme(actors.PUBLIC, "old_age_allowance")
    assert (now.from_on, now.to_on) == (date(2026, 1, 1), date(2026, 8, 31))
    with later(days=32):
        then = queries.programme(actors.PUBLIC, "old_age_allowance")
        assert (then.from_on, then.to_on, then.rule_zh) == (date(2026, 9, 1), None, ["年满70周岁"])


def test_lines_of_a_box_hold_together_whatever_or_stands_in_them(town):
    town.load(VISIT | {"conditions": "lives_alone = yes or age >= 90\nage >= 60"})
    old_not_alone = town.person(**OLD | {"birth_date": date(1930, 1, 1)})
    young_alone = town.person(**OLD | {"birth_date": date(1990, 1, 1), "lives_alone": True})
    town.screen()
    assert town.offer(old_not_alone, "alone_visit") is not None
    assert town.offer(young_alone, "alone_visit") is None


def test_chinese_headers_and_words_do(town):
    row = {
        "编码": "nursing", "名称": "居家探访", "部门": "民政局", "办理方式": "上门", "依据": "办法（演示）", "用途": "elderly_service",
        "生效日期": "2026年1月1日", "条件": "年龄 ≥ 75\n独居 = 是", "数据元": "出生日期、独居",
    }  # fmt: skip
    actions.load_programmes(file=io.BytesIO(workbook(row)), name="事项.xlsx", by=town.officer)
    found = queries.programme(actors.PUBLIC, "nursing")
    assert (found.rule, found.name_en, found.mode) == (
        "age >= 75 and lives_alone = yes",
        "居家探访",
        "at_the_door",
    )


BAD = {
    "an element that isn't registered": (
        {"elements": "birth_date,hukou_score"},
        "elements",
        "unknown_element",
    ),
    "an element of something else than a person": (
        {"elements": "birth_date,area"},
        "elements",
        "unknown_element",
    ),
    "a condition on what isn't declared": (
        {"conditions": "age >= 80\nlives_alone = yes"},
        "conditions",
        "no_condition",
    ),
    "a condition that can't be read": ({"conditions": "older than 80"}, "conditions", "no_condition"),
    "a value of another kind": ({"conditions": "registered_here >= 3"}, "conditions", "no_condition"),
    "no conditions": ({"conditions": ""}, "conditions", "empty_box"),
    "an ask on what isn't declared": ({"asks": "phone"}, "asks", "no_condition"),
    "a red line in the name": ({"name_zh": "重点人员走访"}, "name_zh", "red_line"),
    "a red line in the English name": ({"name_en": "Key persons visits"}, "name_en", "red_line"),
    "a red line in the code": ({"code": "zhongdian_renyuan"}, "code", "red_line"),
    "an unknown department": ({"department": "police_academy"}, "department", "no_choice"),
    "an unknown mode": ({"mode": "by_force"}, "mode", "no_choice"),
    "dates reversed": ({"to": "2025-01-01"}, "to", "dates_reversed"),
    "no date": ({"from": "someday"}, "from", "no_date"),
    "no basis": ({"basis": ""}, "basis", "empty_box"),
    "a code with blanks": ({"code": "Old Age"}, "code", "no_code"),
    "minutes in words": ({"minutes": "an hour"}, "minutes", "no_whole_number"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_fault_is_named_with_row_and_column(town, what):
    change, column, code = BAD[what]
    good = (
        VISIT | ({"minutes": 25} if "minutes" in change else {}) | ({"asks": "-"} if "asks" in change else {})
    )
    found = faults(town, good, ALLOWANCE | change)
    assert (3, column, code) in found
    assert all(row == 3 for row, *_ in found)


def test_every_bad_row_is_named(town):
    rows = [ALLOWANCE | {"code": f"p{n}", "conditions": "nothing"} for n in range(3)]
    assert [row for row, *_ in faults(town, *rows)] == [2, 3, 4]


def test_the_same_version_twice_in_one_file_is_refused(town):
    assert faults(town, ALLOWANCE, ALLOWANCE) == [(3, "code", "twice")]


def test_a_missing_column_is_named_with_the_nearest(town):
    row = {"condition" if key == "conditions" else key: value for key, value in ALLOWANCE.items()}
    with pytest.raises(TableError) as refused:
        actions.load_programmes(file=workbook(row), name="p.xlsx", by=town.officer)
    assert "Did you mean 'condition'?" in str(refused.value)


def test_a_clerk_loads_her_own_departments_programmes_only(town):
    assert faults(town, CHECKUP, by=town.clerk) == [(2, "department", "not_your_department")]
    town.load(ALLOWANCE, by=town.clerk)
    with pytest.raises(TableError):
        town.load(ALLOWANCE | {"department": "health"}, by=town.health_clerk)
    for name in ("worker", "leader", "west_clerk"):
        with pytest.raises((Forbidden, TableError)):
            town.load(ALLOWANCE | {"conditions": "age >= 1"}, by=getattr(town, name))
    assert Version.objects.count() == 1


def test_a_loaded_programme_is_screened_and_brought_out_by_its_own_task(town):
    from wangge.entry.jobs import worker

    person = town.person(**OLD | {"lives_alone": True})
    town.load(VISIT)
    assert worker.drain() == 1
    assert town.offer(person, "alone_visit").state == "pushed"


def test_what_is_not_there_is_not_found(town):
    with pytest.raises(NotFound):
        queries.programme(actors.PUBLIC, "nobody_knows")
