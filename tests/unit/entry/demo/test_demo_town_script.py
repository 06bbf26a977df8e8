"""The script: reports like those of a real city, in the order of time, with what becomes of each."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, datetime

import pytest

from wangge.cores.tables.reading import read_table
from wangge.cores.worktime.limits import Limit
from wangge.entry.demo.town.build import TODAY
from wangge.entry.demo.town.calendar_days import kind_of
from wangge.entry.demo.town.catalogues import classes, departments
from wangge.entry.demo.town.script import behaviour
from wangge.entry.demo.town.script.frequencies import WEIGHTS
from wangge.entry.demo.town.script.reports import reports_of
from wangge.entry.demo.town.script.scenes import scene_of


@pytest.fixture(scope="module")
def scene(locality):
    scene = scene_of(locality, 7, TODAY)
    scene.residents = 60_000  # as busy as a town: rates need numbers
    return scene


@pytest.fixture(scope="module")
def busy(scene):
    days = [date(2026, 5, number) for number in range(4, 25)]
    return [report for day in days for report in reports_of(scene, 7, day)]


def test_reports_stand_in_time_and_place(hamlet):
    paths = sorted((hamlet.folder / "script" / "days").iterdir())
    assert len(paths) == 75
    assert paths[0].stem == "2026-04-16"
    assert paths[-1].stem == "2026-06-29"
    ids = Counter()
    for path in paths:
        reports = [json.loads(line) for line in path.open(encoding="utf-8")]
        moments = [datetime.fromisoformat(r["at"]) for r in reports]
        assert moments == sorted(moments)
        assert all(
            m.date().isoformat() == path.stem and m.utcoffset().total_seconds() == 28_800 for m in moments
        )
        for r in reports:
            ids[r["report"]] += 1
            assert r["class_code"] in classes()
            assert 111.2 < r["lon"] < 111.4
            assert 30.6 < r["lat"] < 30.8
            assert (r["reporter"] is None) == (r["source"] == "patrol")
            assert r["fate"]["department"] in departments()
            assert r["description"]
    assert set(ids.values()) == {1}


def test_the_day_has_its_rush_and_the_week_its_end(busy):
    hours = Counter(r.at.hour for r in busy)
    assert hours[9] + hours[8] > 4 * (hours[12] + hours[13]) / 2
    assert sum(hours[h] for h in range(6)) < 0.05 * len(busy)
    days = Counter(r.at.weekday() for r in busy)
    assert days[5] + days[6] < 0.9 * (days[0] + days[1])
    parking = [r for r in busy if r.class_code == "E0403"]
    noise = [r for r in busy if r.class_code == "E0107" and r.source != "patrol"]
    assert sum(r.at.hour >= 19 or r.at.hour < 6 for r in noise) > 0.4 * len(noise)
    assert sum(r.at.hour in (7, 8, 17, 18) for r in parking) > 0.35 * len(parking)


def test_some_reports_are_nothing_and_some_are_made_twice(busy):
    shares = Counter(r.source for r in busy)
    assert 0.6 < shares["patrol"] / len(busy) < 0.78
    false = sum(not r.fate.valid for r in busy) / len(busy)
    assert 0.02 < false < 0.09
    twice = [r for r in busy if r.duplicate_of]
    firsts = {r.report: r for r in busy}
    assert 0.03 < len(twice) / len(busy) < 0.09
    for r in twice:
        first = firsts[r.duplicate_of]
        assert first.at < r.at
        assert (first.class_code, first.fate.valid) == (r.class_code, True)
        assert r.source != "patrol"


def test_departments_are_late_send_back_and_do_again_as_often_as_they_say(busy):
    valid = [r for r in busy if r.fate.valid]
    late = sum(r.fate.handle_share > 1 for r in valid) / len(valid)
    rework = sum(r.fate.rework > 0 for r in valid) / len(valid)
    back = sum(r.fate.give_back is not None for r in valid) / len(valid)
    assert 0.08 < late < 0.3
    assert 0.03 < rework < 0.12
    assert 0.01 < back < 0.08
    assert all(minutes > 0 for r in busy for minutes in r.fate.steps.values())
    assert all(set(r.fate.steps) == set(behaviour.STEPS) for r in busy)
    assert all(r.fate.rating is None for r in busy if r.source == "patrol")


def test_a_scene_alone_tells_the_same_story(scene):
    day = date(2026, 5, 6)
    assert [r.line() for r in reports_of(scene, 7, day)] == [r.line() for r in reports_of(scene, 7, day)]
    assert [r.report for r in reports_of(scene, 7, day)] != [r.report for r in reports_of(scene, 8, day)]


def test_classes_have_limits_that_can_be_counted_and_departments_that_are_there():
    assert 55 <= len(classes()) <= 70
    assert {c[:3] for c in classes()} == {f"P0{n}" for n in range(1, 6)} | {f"E0{n}" for n in range(1, 7)}
    for code, row in classes().items():
        assert code == f"{row['kind'][0].upper()}{row['big_code']}{row['small_code']}"
        assert str(Limit.parse(row["time_limit"])) == row["time_limit"]
        assert row["department"] in departments()
        assert row["assisting"] in {"", *departments()}
        assert row["filing_condition"]
        assert row["closing_condition"]
    assert set(WEIGHTS) <= set(classes())
    assert set(behaviour.DEPARTMENTS) <= set(departments())


def test_the_citys_files(hamlet):
    city = hamlet.folder / "city"
    listed = read_table(city / "responsibilities.xlsx")
    assert listed.column("class_code") == list(classes())
    assert set(listed.column("department")) <= set(departments())
    catalogue = read_table(city / "classes.csv")
    assert len(catalogue) == len(classes())
    with (city / "staff.csv").open(encoding="utf-8", newline="") as file:
        staff = list(csv.DictReader(file))
    posts = Counter(s["post"] for s in staff)
    assert posts["grid_lead"] == hamlet.manifest.counts["communities"]
    assert posts["grid_worker"] >= hamlet.manifest.counts["living_households"] / 400
    assert {
        "acceptor",
        "duty_chief",
        "dispatcher",
        "department_clerk",
        "crew",
        "data_officer",
        "leader",
    } <= set(posts)
    assert len({s["phone"] for s in staff}) == len(staff)
    assert len({s["code"] for s in staff}) == len(staff)


def test_holidays_are_those_of_the_state_council(hamlet):
    with (hamlet.folder / "city" / "calendar.csv").open(encoding="utf-8", newline="") as file:
        days = {row["date"]: row for row in csv.DictReader(file)}
    assert days["2026-05-01"]["kind"] == "holiday"
    assert days["2026-05-09"]["kind"] == "makeup"
    assert days["2026-05-09"]["hours"] == "08:30-12:00 14:30-18:00"
    assert days["2026-05-10"]["kind"] == "weekend"
    assert days["2026-05-11"]["kind"] == "workday"
    assert kind_of(date(2039, 10, 1)) == ("weekend", "")


def test_changes_are_told(hamlet):
    changes = [
        json.loads(line) for line in (hamlet.folder / "script" / "changes.jsonl").open(encoding="utf-8")
    ]
    assert len(changes) == hamlet.manifest.counts["changes"]
    assert {c["change"] for c in changes} <= {"birth", "death", "move_in", "move_out", "move_within"}
    assert all("2026-04-16" <= c["on"] <= "2026-06-30" and c["people"] for c in changes)
