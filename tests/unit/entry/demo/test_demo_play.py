"""The player's pure parts: the script as it is read, lives in the order of their acts, the ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from wangge.entry.demo.play import script
from wangge.entry.demo.play.events import Events
from wangge.entry.demo.play.ledger import CaseEntry, DeliveryEntry, Ledger, Offered, TodoEntry
from wangge.entry.demo.play.morning import Backlog, left_lying
from wangge.platform.clock import clock

NINE = datetime(2026, 6, 1, 9, tzinfo=clock.city_zone())
FATE = {
    "valid": True, "why": "", "department": "water", "steps": {"accept": 3}, "handle_share": 0.4, "rework": 0,
    "rework_share": 0.0, "give_back": None, "extend": None, "rating": 4,
}  # fmt: skip
LINE = {
    "report": "R1", "at": "2026-06-01T09:00:00+08:00", "community": "420502002007", "lon": 111.28, "lat": 30.7, "place": "路边",
    "class_code": "P0101", "description": "井盖破损", "source": "app", "reporter": {"phone": "16100000000"}, "duplicate_of": "",
    "fate": FATE,
}  # fmt: skip


def life(acts, name, *moments):
    for moment in moments:
        yield moment
        acts.append((name, moment))


def play(events, end):
    for _, one in events.until(end):
        events.act(one)


def test_lives_act_in_the_order_of_time():
    acts, events = [], Events()
    events.begin(life(acts, "a", NINE, NINE + timedelta(hours=2)))
    events.begin(life(acts, "b", NINE + timedelta(hours=1)))
    play(events, NINE + timedelta(days=1))
    assert [name for name, _ in acts] == ["a", "b", "a"]
    assert len(events) == 0


def test_of_two_at_the_same_moment_the_first_one_acts_first():
    acts, events = [], Events()
    for name in "cab":
        events.begin(life(acts, name, NINE))
    play(events, NINE + timedelta(seconds=1))
    assert [name for name, _ in acts] == ["c", "a", "b"]


def test_nothing_is_done_at_the_end_or_after_it():
    acts, events = [], Events()
    events.begin(life(acts, "a", NINE, NINE + timedelta(hours=1)))
    play(events, NINE)
    assert acts == []
    play(events, NINE + timedelta(hours=1))
    assert acts == [("a", NINE)]
    assert len(events) == 1


def test_a_life_may_begin_another_and_one_that_never_acts_is_let_go():
    acts, events = [], Events()

    def mother():
        yield NINE
        events.begin(life(acts, "child", NINE + timedelta(minutes=1)))

    events.begin(mother())
    events.begin(iter(()))
    assert len(events) == 1
    play(events, NINE + timedelta(hours=1))
    assert [name for name, _ in acts] == ["child"]


def test_a_line_of_the_script_is_read_whole():
    report = script.report_of(LINE)
    assert (report.code, report.at, report.phone, report.source) == ("R1", NINE, "16100000000", "app")
    assert report.fate.department == "water"
    assert report.fate.rating == 4
    assert report.stays == ""
    back = {"after": 30, "reason": "not ours", "to": "housing"}
    more = {"at_share": 0.5, "share": 0.3, "reason": "parts", "granted": True}
    asked = script.report_of({**LINE, "fate": {**FATE, "give_back": back, "extend": more}}).fate
    assert asked.give_back == script.GiveBack(30, "not ours", "housing")
    assert asked.extend == script.Extension(0.5, 0.3, "parts", True)


def test_who_reports_decides_the_source():
    assert script.report_of({**LINE, "source": "patrol", "reporter": None}).source == "patrol"
    assert script.report_of({**LINE, "reporter": None}).source == "hotline"
    assert script.report_of({**LINE, "reporter": None}).phone == ""


def test_the_newest_reports_lie_at_the_first_desks():
    reports = [replace(script.report_of(LINE), code=str(n), at=NINE + timedelta(minutes=n)) for n in range(9)]
    kept = {one.code: one.stays for one in left_lying(reports, 2)}
    assert [kept[str(n)] for n in (8, 7, 6, 5)] == ["accept", "accept", "verify", "verify"]
    assert kept["0"] == "sign"


def test_what_lies_at_the_last_desks_and_in_each_department():
    opens = NINE + timedelta(days=2)
    backlog = Backlog(NINE, opens, 1)
    assert not backlog.keeps("check", NINE - timedelta(minutes=1))
    assert [backlog.keeps("check", NINE) for _ in range(2)] == [True, False]
    assert not backlog.keeps("accept", NINE)
    assert not backlog.keeps_in("water", "feed_back", opens)  # it would be late when the demo opens
    for department in ("water", "lighting"):
        kept = [backlog.keeps_in(department, "feed_back", opens + timedelta(hours=1)) for _ in range(6)]
        assert kept == [True, True, True, True, False, False]


def test_days_and_reports_are_read_in_order(tmp_path):
    (tmp_path / "days").mkdir()
    for day in ("2026-06-02", "2026-06-01"):
        lines = [json.dumps({**LINE, "report": f"{day}-{n}"}) for n in (1, 2)]
        (tmp_path / "days" / f"{day}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    days = script.days(tmp_path)
    assert [one.isoformat() for one in days] == ["2026-06-01", "2026-06-02"]
    assert [one.code for one in script.reports(tmp_path, days[0])] == ["2026-06-01-1", "2026-06-01-2"]


@pytest.fixture
def ledger() -> Ledger:
    kept = Ledger(manifest={"people": 100}, grids={"420502002007001": 314})
    kept.cases["c1"] = CaseEntry("420502002007001", "water", "to_check", by="user:1", walks=1)
    kept.cases["c2"] = CaseEntry("420502002007001", "", "closed", walks=2)
    kept.cases["c3"] = CaseEntry("", "", "to_verify")
    kept.todos["t1"] = TodoEntry(
        "420502002007001", "civil_affairs", "services", programme="visit", subject="p"
    )
    kept.todos["t2"] = TodoEntry("420502002019001", "health", "hub")
    kept.offers["visit"] = Offered("civil_affairs", {"pushed": 3}, {"pushed": 2})
    kept.deliveries["d1"] = DeliveryEntry("police", 90, 1, pairs=2, persons=7)
    return kept


def test_the_ledger_counts_cases_by_area_department_and_state(ledger):
    assert ledger.cases_in() == 3
    assert ledger.cases_in("420502") == 2
    assert ledger.cases_in("420502", "water") == 1
    assert ledger.cases_in(states=("closed",)) == 1
    ledger.cases["c1"].asked = True
    assert ledger.cases_in(asked=True) == 1


def test_a_case_waits_on_site_while_its_state_says_so_and_only_in_a_grid(ledger):
    assert ledger.todos_in() == 2 + 1
    assert ledger.todos_in("420502002007") == 2
    assert ledger.todos_in(state="settled") == 3
    assert ledger.todos_in(department="grid_centre") == 1
    assert ledger.todos_in(department="civil_affairs") == 1


@pytest.mark.parametrize(
    "outcome, state", [("settled", "settled"), ("deceased", "mismatch"), ("declined", "declined")]
)
def test_what_ends_at_a_door_moves_the_offer_and_goes_back(ledger, outcome, state):
    ledger.ended("t1", outcome)
    assert ledger.todos["t1"].state == "settled"
    assert ledger.offers["visit"].states == {"pushed": 2, state: 1}
    assert ledger.offers["visit"].placed == {"pushed": 1, state: 1}
    assert ledger.outcomes == {"civil_affairs": 1}


def test_a_confirmation_that_ends_moves_no_offer(ledger):
    ledger.ended("t2", "confirmed")
    assert ledger.todos["t2"].state == "settled"
    assert ledger.outcomes == {}


def test_persons_are_those_of_the_town_and_those_whom_files_brought(ledger):
    assert ledger.persons() == 107


def test_the_ledger_is_read_as_it_was_written(ledger, tmp_path):
    ledger.count("ratings")
    ledger.count("ratings", 2)
    ledger.write(tmp_path / "ledger.json")
    again = Ledger.read(tmp_path / "ledger.json")
    assert again == ledger
    assert again.figures == {"ratings": 3}
