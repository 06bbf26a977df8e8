"""The departments' files: real-looking, readable by others' readers, and every row known to the truth."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict

import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from python_calamine import CalamineWorkbook

from wangge.cores.eligibility.parsing import parse_rule
from wangge.cores.tables.reading import read_table
from wangge.entry.demo.town.departments import slips
from wangge.entry.demo.town.departments.addresses import han_number, written
from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.rates import RATES, Rates
from wangge.entry.demo.town.departments.rosters import ROSTERS
from wangge.entry.demo.town.id_numbers import is_valid
from wangge.entry.demo.town.programmes import PROGRAMMES, SIXTH
from wangge.entry.demo.town.seeds import stream

DEPARTMENTS = [r.department for r in ROSTERS]
REFUSED = {"police": ["民族", "政治面貌"], "civil_affairs": ["是否重点人员"]}


@pytest.fixture(scope="module")
def mappings(hamlet):
    return {
        code: yaml.safe_load((hamlet.folder / "files" / code / "mapping.yaml").read_text(encoding="utf-8"))
        for code in DEPARTMENTS
    }


@pytest.fixture(scope="module")
def tables(hamlet, mappings):
    return {
        (code, one["file"]): read_table(hamlet.folder / "files" / code / one["file"])
        for code, mapping in mappings.items()
        for one in mapping["files"]
    }


@pytest.fixture(scope="module")
def records(hamlet):
    return pq.read_table(hamlet.truth / "records.parquet").to_pylist()


def test_eight_departments_send_nine_files(tables, hamlet):
    assert len(DEPARTMENTS) == 8
    assert len(tables) == 9
    rows = {f"{code}/{file}": len(table) for (code, file), table in tables.items()}
    assert rows == hamlet.manifest.rows


def test_workbooks_open_with_other_readers(hamlet, mappings):
    for code, mapping in mappings.items():
        path = hamlet.folder / "files" / code / mapping["files"][0]["file"]
        if mapping["format"] != "xlsx":
            continue
        sheet = openpyxl.load_workbook(path).active
        assert sheet.title == mapping["sheet"]
        assert len(sheet.merged_cells.ranges) > 5
        assert sheet.freeze_panes == f"A{mapping['header_row'] + 1}"
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(mapping["sheet"]).to_python()
        assert len(rows) == sheet.max_row
        assert rows[0][0].startswith("西陵区")
        assert rows[1][0].startswith("填报单位：")
        assert "合计" in {row[0] for row in rows[-4:]}


def test_exports_are_gb18030_and_nothing_else(hamlet, mappings):
    for code in ("social_security", "disabled_federation", "medical_insurance"):
        raw = (hamlet.folder / "files" / code / mappings[code]["files"][0]["file"]).read_bytes()
        text = raw.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
        lines = list(csv.reader(text.splitlines()))
        assert len({len(line) for line in lines}) == 1
        assert "\r\n" in text


def test_mappings_name_columns_that_are_there_and_registered_elements(tables, mappings):
    from wangge.platform.elements import registry

    for code, mapping in mappings.items():
        for one in mapping["files"]:
            there = set(tables[code, one["file"]].columns)
            named = (
                set(mapping["columns"])
                | set(mapping["not_taken"])
                | set(mapping.get("second_person", {}).get("columns", {}))
            )
            assert named <= there
            refused = there - named
            assert [
                c.rsplit("/", 1)[-1] for c in tables[code, one["file"]].columns if c in refused
            ] == REFUSED.get(code, [])
        assert set(mapping["columns"].values()) <= set(registry.elements())
        assert len(set(mapping["columns"].values())) == len(mapping["columns"])


def test_refused_columns_are_filled(tables):
    police = next(t for (code, _), t in tables.items() if code == "police")
    assert set(police.column("人员信息/民族")) > {"汉族", "土家族"}
    assert set(police.column("人员信息/政治面貌")) >= {"群众", "中共党员", "共青团员"}
    roll = next(t for (code, _), t in tables.items() if code == "civil_affairs")
    assert set(roll.column("是否重点人员")) <= {"是", "否"}


def test_the_truth_knows_every_row_and_no_other(tables, records, hamlet):
    told = {(r["department"], r["file"], r["row"]) for r in records}
    assert len(told) == len(records)
    there = {(code, file, int(row)) for (code, file), table in tables.items() for row in table.row_numbers}
    assert there == told
    people = set(pq.read_table(hamlet.truth / "people.parquet").column("person_id").to_pylist())
    assert {r["person_id"] for r in records} | {r["tenant_id"] for r in records} - {""} <= people


def test_rows_without_slips_say_the_truth(tables, records, hamlet):
    people = {p["person_id"]: p for p in pq.read_table(hamlet.truth / "people.parquet").to_pylist()}
    police = next(t for (code, _), t in tables.items() if code == "police")
    row_of = {int(row): i for i, row in enumerate(police.row_numbers)}
    names, numbers = police.column("人员信息/姓名"), police.column("人员信息/公民身份号码")
    clean = [r for r in records if r["department"] == "police" and not r["slips"]]
    assert len(clean) > 0.9 * len(police)
    for r in clean:
        true = people[r["person_id"]]
        if "·" not in true["name"]:
            assert names[row_of[r["row"]]] == true["name"]
        assert numbers[row_of[r["row"]]] == true["id_number"]


def test_coverage_is_what_each_department_can_know(records, hamlet):
    people = {p["person_id"]: p for p in pq.read_table(hamlet.truth / "people.parquet").to_pylist()}
    seen = defaultdict(set)
    for r in records:
        seen[r["department"]].add(r["person_id"])
    registered = {code for code, p in people.items() if p["registered_here"]}
    assert seen["police"] <= registered
    assert len(seen["police"]) > 0.96 * len(registered)
    assert any(not people[code]["lives_here"] for code in seen["police"])
    assert seen["housing"] - registered
    assert seen["medical_insurance"] - registered


def test_somebody_entitled_is_on_no_roll(records, hamlet):
    entitled = pq.read_table(hamlet.truth / "entitlements.parquet").to_pylist()
    rolls = {
        "old_age_allowance": "civil_affairs",
        "school_place": "education",
        "medical_insurance": "medical_insurance",
    }
    on = defaultdict(set)
    for r in records:
        on[r["department"]].add(r["person_id"])
    for programme, department in rolls.items():
        missed = {e["person_id"] for e in entitled if e["programme"] == programme and not e["receiving"]}
        assert missed - on[department]


def test_the_second_roll_is_the_first_one_a_month_later(tables):
    first, second = (t for (code, _), t in tables.items() if code == "civil_affairs")

    def rows(table):
        return {row[1:] for row in table.rows}

    same = rows(first) & rows(second)
    assert len(same) > 0.8 * len(first)
    assert rows(first) != rows(second)


def test_all_sorts_of_slips_happen(records):
    slipped = Counter(slip for r in records for slip in r["slips"])
    assert {
        "id_missing",
        "id_legacy",
        "name_homophone",
        "phone_missing",
        "phone_former",
        "duplicate",
        "id_shape",
    } <= set(slipped)
    known = set(Rates.__dataclass_fields__)
    assert set(slipped) <= known
    education = [r for r in records if r["department"] == "education"]
    assert 0.2 < sum("id_missing" in r["slips"] for r in education) / len(education) < 0.42


def test_rates_are_settable(locality):
    roster = next(r for r in ROSTERS if r.department == "police")
    always = Rates(
        **dict.fromkeys(Rates.__dataclass_fields__, 0.0) | {"id_missing": 1.0, "birth_absurd": 1.0}
    )
    desk = Desk("police", locality, always, Habits(), dt.date(2026, 5, 31), 1)
    for subject in list(roster.subjects(desk))[:40]:
        clerk = Clerk(desk, stream(1, subject.key))
        row = roster.write(clerk, subject)
        assert row[3] == ""
        if subject.person.birth.year < 2005:
            assert row[5][:2] == "18"
            assert clerk.slips == ["id_missing", "birth_absurd"]
    assert set(RATES) == set(DEPARTMENTS)


def test_slips_go_wrong_as_they_say():
    chance = stream(1, "slips")
    number = "11010519491231002X"
    assert sum(is_valid(slips.swapped_digits(chance, number)) for _ in range(300)) == 0
    assert sum(is_valid(slips.mistyped_digit(chance, number)) for _ in range(300)) == 0
    assert slips.as_number("420502194209301530") == "4.20502E+17"
    heard = {slips.another_character(chance, "张伟", "=") for _ in range(200)}
    assert {"张玮", "张炜"} <= heard
    assert "张伟" not in heard
    assert slips.swapped_month_and_day(dt.date(1950, 3, 12)) == dt.date(1950, 12, 3)
    assert slips.swapped_month_and_day(dt.date(1950, 3, 13)) is None
    with pytest.raises(ValueError):
        dt.date(*slips.impossible_day(chance, dt.date(1950, 3, 12)))


def test_addresses_in_every_hand(locality):
    address = next(a for a in locality.addresses if a.compound)
    community = locality.community
    texts = {
        style: written(address, community, style)
        for style in ("standard", "district", "plain", "dashes", "han", "wide", "compound")
    }
    assert texts["standard"].startswith("湖北省宜昌市西陵区学院街道尚书巷社区")
    assert texts["district"] == f"西陵区{address.text()}"
    assert texts["dashes"].endswith(f"{address.label[:-1]}-{address.unit}-{address.door}")
    assert texts["compound"].startswith(address.compound)
    assert len(set(texts.values())) == len(texts)
    assert [han_number(n) for n in ("3", "10", "12", "20", "35", "100")] == [
        "三",
        "十",
        "十二",
        "二十",
        "三十五",
        "100",
    ]


def test_programmes_are_read_by_the_rule_parser(hamlet):
    for one in (*PROGRAMMES, SIXTH):
        assert parse_rule("\n".join(one.conditions))
    path = hamlet.folder / "city" / "programmes.xlsx"
    table = read_table(path)
    assert table.column("code") == [p.code for p in PROGRAMMES]
    assert table.column("conditions")[0].split("\n") == list(PROGRAMMES[0].conditions)
    assert {p.mode for p in PROGRAMMES} == {"no_application", "by_telephone", "on_behalf", "at_the_door"}
    assert read_table(hamlet.folder / "city" / "programme_elderly_checkup.xlsx").column("code") == [
        SIXTH.code
    ]
