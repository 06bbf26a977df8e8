"""Several processes serve, several do the jobs, all on one database: what must hold when two do the same at once."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from visitor import at_once, statuses

pytestmark = pytest.mark.slow


def until(true, seconds, what):
    """Wait; says what didn't come true."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def spot(house):
    """A building in the worker's grid."""
    found = house.visitor("grid_worker_1").ask("areas/buildings", limit=50)["items"]
    return next(one for one in found if one["households"])


def report(spot, words):
    return {
        "class_code": "",
        "lon": spot["lon"],
        "lat": spot["lat"],
        "description": words,
        "address": "",
        "photos": [],
    }


def test_two_dispatchers_on_one_case_one_wins_and_the_other_is_told(house):
    first, second = (house.visitor("dispatcher_1") for _ in range(2))
    waiting = first.ask("cases/", state="to_dispatch", limit=50)["items"]
    assert waiting, "the demo left nothing to dispatch"
    for case in waiting:
        seen = first.ask(f"cases/{case['uid']}")
        acts = [
            lambda who=who, to=to, seen=seen: who.post(
                f"cases/{seen['uid']}/dispatch", {"version": seen["version"], "department": to}
            )
            for who, to in ((first, "water"), (second, "urban_management"))
        ]
        answers = at_once(*acts)
        assert statuses(answers) == [200, 409]
        told = next(said for status, said in answers if status == 409)
        assert told["message"]
        after = first.ask(f"cases/{case['uid']}")
        assert len(after["steps"]) == len(seen["steps"]) + 1
        won = ("water", "urban_management")[[status for status, _ in answers].index(200)]
        assert after["department"] == won


def test_the_same_report_sent_four_times_at_once_is_one_case_and_one_answer(house, spot):
    somebody, words = house.visitor(), f"四次 {uuid4().hex}"
    for _ in range(3):
        key, before = uuid4().hex, house.rows("SELECT count(*) FROM cases_case")[0][0]
        body = report(spot, words)
        answers = at_once(*[lambda key=key, body=body: somebody.post("cases/report", body, key=key)] * 4)
        assert statuses(answers) == [200] * 4
        assert len({json.dumps(said, sort_keys=True) for _, said in answers}) == 1
        assert house.rows("SELECT count(*) FROM cases_case")[0][0] == before + 1


def test_the_same_envelope_over_four_connections_counts_once(house, spot):
    worker = house.visitor("grid_worker_1")
    classes = worker.ask("cases/classes")
    of_class = next(one for one in classes if not one["rules"] or not one["rules"][0]["photo_required"])
    uid, before = str(uuid4()), house.rows("SELECT count(*) FROM cases_case")[0][0]
    envelope = {
        "uid": uid, "seq": 1, "at": worker.ask("city/now")["now"],
        "body": {"kind": "report", "class_code": of_class["code"], "lon": spot["lon"], "lat": spot["lat"], "description": "一次"},
    }  # fmt: skip
    answers = at_once(*[lambda: worker.post("field/outbox", {"envelopes": [envelope]})] * 4)
    assert statuses(answers) == [200] * 4
    receipts = [said["receipts"][0] for _, said in answers]
    assert [one["state"] for one in receipts] == ["accepted"] * 4, receipts
    assert sorted(one["duplicate"] for one in receipts) == [False, True, True, True]
    assert len({one["made"] for one in receipts}) == 1
    assert house.rows("SELECT count(*) FROM cases_case")[0][0] == before + 1
    assert house.rows(f"SELECT count(*) FROM field_envelope WHERE uid = '{uid.replace('-', '')}'" if _hex(house) else
                      f"SELECT count(*) FROM field_envelope WHERE uid = '{uid}'") == [(1,)]  # fmt: skip


def _hex(house) -> bool:
    """Whether this database keeps ids as 32 digits."""
    return (house.home / "wangge.sqlite3").exists()


def test_the_same_file_delivered_four_times_at_once_is_one_delivery(house, tmp_path):
    clerk = house.visitor("department_clerk_civil_affairs")
    feed = clerk.ask("hub/deliveries", limit=50)["items"][0]["feed"]
    sent = sorted((house.home / "town" / "files" / "civil_affairs").glob("*.xlsx"))[-1]
    file = Path(shutil.copy(sent, tmp_path))
    with zipfile.ZipFile(file, "a") as book:
        book.comment = b"no file that was delivered before"
    fresh = file.read_bytes()
    before = house.rows("SELECT count(*) FROM hub_delivery")[0][0]
    answers = at_once(*[lambda: clerk.deliver(f"hub/feeds/{feed}/deliveries", file.name, fresh)] * 4)
    assert statuses(answers) == [200] * 4, answers
    assert len({said["uid"] for _, said in answers}) == 1
    assert sorted(said["again"] for _, said in answers) == [False, True, True, True]
    assert house.rows("SELECT count(*) FROM hub_delivery")[0][0] == before + 1


def test_what_many_write_at_once_is_one_chain_sealed_within_a_second(house, spot):
    people = [house.visitor() for _ in range(6)]

    def reports(one):
        return [
            one.post("cases/report", report(spot, f"并行 {uuid4().hex}"), key=uuid4().hex)[0]
            for _ in range(8)
        ]

    with ThreadPoolExecutor(len(people)) as pool:
        assert {status for found in pool.map(reports, people) for status in found} == {200}
    waits = until(
        lambda: house.rows("SELECT count(*) FROM audit_entry WHERE sealed IS NULL") == [(0,)],
        10,
        "the tail is never sealed",
    )
    assert waits < 3
    (count, lowest, highest, places) = house.rows(
        "SELECT count(*), min(sealed), max(sealed), count(DISTINCT sealed) FROM audit_entry"
    )[0]
    assert (lowest, highest, places) == (1, count, count)
    proved = house.run("prove-trail")
    assert proved.returncode == 0, proved.stderr
    assert int(proved.stdout.split(" ", 1)[0]) >= count  # jobs go on writing


NEW_PLAN = """
import json, sys
from wangge.platform.access import actors
from wangge.ground.areas import actions as areas, queries
from wangge.work.planning import actions as planning, drafts
from wangge.work.planning.models import Scenario
by = actors.system('installer')
wanted = drafts.default_settings()
wanted = wanted.model_copy(update={'low': wanted.low // 2, 'high': wanted.high // 2})
uid = planning.make(prefix='420502', by=by, settings=wanted, name='二版')
areas.put_in_force(plan=Scenario.objects.get(uid=uid).plan, by=by)
points = json.loads(POINTS)
print(json.dumps(list(queries.grids_at([p[0] for p in points], [p[1] for p in points]))))
"""


def test_a_plan_that_came_into_force_in_another_process_holds_at_once_in_all(house):
    worker = house.visitor("planner_1")
    points = [(one["lon"], one["lat"]) for one in worker.ask("areas/buildings", limit=30)["items"]]
    asked = [point for point in points for _ in range(4)]

    def grid(point):
        return worker.ask("areas/at", lon=point[0], lat=point[1])["grid"]

    before = [grid(point) for point in asked]  # both processes have the old plan in mind
    told = house.script(f"POINTS = {json.dumps(json.dumps(points))}\n{NEW_PLAN}")
    expected = [code for code in json.loads(told.splitlines()[-1]) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(grid, asked)) == expected
    assert before != expected, "the second plan is the first: nothing was shown"


def test_each_queued_task_is_done_once_whoever_takes_it(house):
    many = 40
    house.script(f"import counted_tasks\nfor n in range({many}): counted_tasks.counted.enqueue(n)")
    counted = "SELECT count(*), count(DISTINCT object_id) FROM audit_entry WHERE verb = 'test.counted'"
    with ExitStack() as running:
        for _ in range(2):
            running.enter_context(house.started("work"))
        until(lambda: house.rows(counted)[0][1] == many, 60, "not all tasks were done")
    assert house.rows(counted) == [(many, many)]
