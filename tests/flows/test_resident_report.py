"""A report becomes a closed, evaluated case. Each step is taken by the role whose it is, and read back by the next."""

import io

import openpyxl
import pytest
from desk import Desk
from PIL import Image

from wangge.platform.clock import clock


def photo():
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 90, 90)).save(buffer, "JPEG")
    buffer.name, _ = "井盖.jpg", buffer.seek(0)
    return buffer


def doors_of(town):
    """A building to stand in front of: its position, from the map that everybody may see."""
    found = town.at("administrator").get("areas/buildings", limit=50)["items"]
    return next(b for b in found if b["households"])


def step(town, desk, verb, case, hours, body=None, expect=200):
    with town.when(hours=hours):
        version = desk.get(f"cases/{case}")["version"] if expect == 200 else None
        return desk.post(f"cases/{case}/{verb}", {**(body or {}), "version": version}, expect=expect)


def todo_of(desk, case, admission):
    items = desk.get("todos/", state="open", origin="cases", limit=200)["items"]
    return next(t for t in items if t["subject"] == case and t["admission"] == admission)


def test_a_report_becomes_a_closed_evaluated_case(town):
    resident, place = Desk(), doors_of(town)
    with town.when(hours=0):
        classes = resident.get("cases/classes")
        of_class = next(c for c in classes if c["kind"] == "part" and c["rules"][0]["photo_required"])
        kept = resident.post("cases/photos", files={"file": photo()})["photo"]
        receipt = resident.post(
            "cases/report",
            {
                "class_code": of_class["code"],
                "lon": place["lon"],
                "lat": place["lat"],
                "description": "井盖破损",
                "phone": "13800001111",
                "photos": [kept],
            },
            key="report-1",
        )
        again = resident.post(
            "cases/report",
            {
                "class_code": of_class["code"],
                "lon": place["lon"],
                "lat": place["lat"],
                "description": "井盖破损",
                "phone": "13800001111",
                "photos": [kept],
            },
            key="report-1",
        )
        assert again == receipt
        assert resident.get(f"cases/track/{receipt['tracking']}")["state"] == "to_accept"

    acceptor, chief, dispatcher = town.at("acceptor"), town.at("duty_chief"), town.at("dispatcher")
    with town.when(minutes=5):
        waiting = acceptor.get("cases/", state="to_accept")["items"]
        case = next(c["uid"] for c in waiting if c["number"] == receipt["number"])
        grid = acceptor.get(f"cases/{case}")["grid"]
        assert grid == town.at("administrator").get("areas/at", lon=place["lon"], lat=place["lat"])["grid"]
        assert acceptor.get(f"cases/{case}")["photos"]
    step(town, acceptor, "accept", case, 0.1)

    worker = town.worker_of(grid)
    with town.when(hours=1):
        verify = todo_of(worker, case, "verify_case")
        assert verify["reason_zh"]
        worker.post(f"todos/{verify['uid']}/settle", {"outcome": "true", "minutes": 9})

    step(town, dispatcher, "file", case, 1.2, expect=403)  # the two axes stand apart
    step(town, chief, "file", case, 1.2)
    with town.when(hours=1.5):
        suggested = dispatcher.get(f"cases/{case}")["suggestion"]
        assert suggested["clause"]
        assert suggested["reason"]
    step(town, chief, "dispatch", case, 1.5, {"department": suggested["department"]}, expect=403)
    step(town, dispatcher, "dispatch", case, 1.5, {"department": suggested["department"]})

    clerk = town.at("department_clerk", department=suggested["department"])
    with town.when(hours=2):
        due = clerk.get(f"cases/{case}")["due_at"]
        assert due
    step(town, clerk, "sign", case, 2)
    with town.when(hours=2.1):
        assert clerk.get(f"cases/{case}")["due_at"] == due  # signing doesn't move the clock
    step(town, clerk, "handle", case, 2.5, {"note": "更换井盖"})
    step(town, clerk, "feed_back", case, 3, {"note": "已更换"})
    step(town, dispatcher, "forward", case, 3.2)

    with town.when(hours=4):
        check = todo_of(worker, case, "check_case")
        worker.post(f"todos/{check['uid']}/settle", {"outcome": "passed", "minutes": 8})
    step(town, chief, "close", case, 4.5)

    with town.when(hours=5):
        tracked = resident.get(f"cases/track/{receipt['tracking']}")
        assert tracked["state"] == "closed"
        resident.post(f"cases/track/{receipt['tracking']}/rate", {"solved": True, "satisfied": 5})
        story = [s["verb"] for s in chief.get(f"cases/{case}")["steps"]]
        assert story == [
            "report",
            "accept",
            "verify",
            "file",
            "dispatch",
            "sign",
            "handle",
            "feed_back",
            "forward",
            "check",
            "close",
            "rate",
        ]

    with town.when(days=10):
        rates_equal_the_exported_list(town, suggested["department"])


def rates_equal_the_exported_list(town, department):
    """The department's rates, and the same recomputed by hand from the list that its leader exports."""
    leader = town.at("leader")
    first = clock.local(town.start).date()
    period = {"from_on": first.isoformat(), "to_on": clock.today().isoformat()}
    rates = leader.get("assessment/rates", department=department, **period)
    told = {one["code"]: float(one["percent"]) for one in rates["rates"] if one["percent"] is not None}
    figures = {one["code"]: one for one in rates["figures"]}
    book = openpyxl.load_workbook(io.BytesIO(leader.get("cases/cases.xlsx", department=department)))
    head, *lines = [
        row
        for row in book.worksheets[0].iter_rows(values_only=True)
        if row[0] is not None and row[1] is not None
    ]
    code = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    cases = [dict(zip((code[name] for name in head), line, strict=True)) for line in lines]
    due = [c for c in cases if c["counts"] == "是" and c["imported"] == "否"]
    on_time = [c for c in due if c["on_time"] == "是"]
    assert told["handling_on_time"] == pytest.approx(100 * len(on_time) / len(due), abs=0.005)
    # Every figure opens its list, and the list is as long as the figure.
    assert (
        leader.get("cases/", limit=1, **figures["due"]["filter"])["total"]
        == figures["due"]["value"]
        == len(due)
    )
