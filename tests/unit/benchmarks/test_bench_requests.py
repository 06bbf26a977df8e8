"""What a benchmark's figures rest on: whose processor time is read, and that the sides are held against each other."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from benchmarks import _worker as worker
from benchmarks import requests as bench

SPOTS = [{"lon": 111.2 + n, "lat": 30.7, "address": f"{n} 号"} for n in range(3)]
TOWN = bench.Town(
    clerk={"Cookie": "clerk"}, worker={"Cookie": "worker"}, grid="420502002004001", now="2026-06-30T10:05:00+08:00",
    cases=[f"case-{n}" for n in range(50)], people=[f"person-{n}" for n in range(20)], spots=SPOTS, classes=["E0101", "E0102"],
)  # fmt: skip


def test_the_time_of_another_process_grows_while_that_process_works_and_not_while_it_sleeps():
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    idle = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        clocks = [worker._clock_of(one.pid) for one in (busy, idle)]
        wait(lambda: worker.time.clock_gettime(clocks[0]) > 0.5)
        wait(lambda: worker.time.clock_gettime(clocks[1]) > 0.001)
        before = [worker.time.clock_gettime(one) for one in clocks]
        wait(lambda: worker.time.clock_gettime(clocks[0]) > before[0] + 0.3)
        assert worker.time.clock_gettime(clocks[1]) < before[1] + 0.1
    finally:
        for one in (busy, idle):
            one.kill()
            one.wait()


def wait(true):
    for _ in range(600):
        if true():
            return
        worker.time.sleep(0.05)
    raise AssertionError("it never came true")


def test_no_two_writes_are_the_same_one():
    acts = {one.name: one for one in bench.acts_of(TOWN)}
    outbox = [
        json.loads(acts["outbox of 10 envelopes"].asks["house"](n).body)["envelopes"] for n in range(30)
    ]
    assert {len(one) for one in outbox} == {10}
    assert len({one["uid"] for sent in outbox for one in sent}) == 300
    reports = [acts["case create"].asks["house"](n) for n in range(30)]
    assert len({one.headers["Idempotency-Key"] for one in reports}) == 30
    said = [(one["class_code"], one["lon"]) for one in (json.loads(ask.body) for ask in reports[:6])]
    assert len(set(said)) == 6, "reports of one class pile up at one building"


def answering(rows):
    return SimpleNamespace(answer=lambda ask: json.dumps(rows).encode())


def test_sides_that_answer_other_rows_are_not_compared(monkeypatch):
    monkeypatch.setattr(bench, "acts_of", lambda town: [
        bench.Act("list of 50 cases", 1, dict.fromkeys(bench.SIDES, lambda n: worker.Ask("GET", "/")))
    ])  # fmt: skip
    house = answering({"total": 2, "items": [{"uid": "a"}, {"uid": "b"}]})
    same, other = (answering({"count": 2, "results": [{"uid": one} for one in ids]}) for ids in ("ab", "ac"))
    bench._agree({"house": house, "django": house, "drf": same}, TOWN)
    with pytest.raises(RuntimeError, match="list of 50 cases"):
        bench._agree({"house": house, "django": house, "drf": other}, TOWN)


def test_a_batch_costs_what_its_requests_cost_together():
    spent = iter((1.0, 1.3))
    server = SimpleNamespace(answer=lambda ask: b"four", cpu_s=lambda: next(spent))
    act = bench.Act("anything", 30, {"house": lambda n: worker.Ask("GET", f"/{n}")})
    cost, size = bench._batch(server, act, "house", iter(range(30)))
    assert (round(cost, 6), size) == (10.0, 4)
    assert bench.summary([4.0, 1.0, 2.0, 3.0, 5.0]) == {"median": 3.0, "q1": 2.0, "q3": 4.0}
