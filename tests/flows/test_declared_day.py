"""The city declares a day off late: a department's time moves on, the case's story says why, and a withdrawal takes it back."""

from datetime import datetime, timedelta

from desk import Desk

from wangge.platform.clock import clock


def report(town):
    """Somebody reports a small matter in front of a door."""
    door = next(
        b for b in town.at("administrator").get("areas/buildings", limit=50)["items"] if b["households"]
    )
    of_class = next(
        c for c in Desk().get("cases/classes")
        if c["kind"] == "event" and any("紧急" not in rule["limit"] and "工作" in rule["limit"] for rule in c["rules"])
    )  # fmt: skip
    said = {"class_code": of_class["code"], "lon": door["lon"], "lat": door["lat"], "description": "井盖破损"}
    number = Desk().post("cases/report", said)["number"]
    case = next(
        c["uid"]
        for c in town.at("acceptor").get("cases/", state="to_accept")["items"]
        if c["number"] == number
    )
    rule = next(r for r in of_class["rules"] if "紧急" not in r["limit"] and "工作" in r["limit"])
    return case, rule


def test_a_day_declared_off_moves_the_time_of_open_cases(town):
    chief, dispatcher, administrator = town.at("duty_chief"), town.at("dispatcher"), town.at("administrator")
    with town.when(hours=0):
        case, rule = report(town)
        town.at("acceptor").post(f"cases/{case}/accept")
        seen = chief.get(f"cases/{case}")
        worker = town.worker_of(seen["grid"])
        todo = next(
            t
            for t in worker.get("todos/", state="open", origin="cases", limit=200)["items"]
            if t["subject"] == case
        )
        worker.post(f"todos/{todo['uid']}/settle", {"outcome": "true", "minutes": 5})
        chief.post(f"cases/{case}/file", {"rule": rule["number"]})
        department = dispatcher.get(f"cases/{case}")["suggestion"]["department"]
        dispatcher.post(f"cases/{case}/dispatch", {"department": department})
        clerk = town.at("department_clerk", department=department)
        before = clerk.get(f"cases/{case}")["due_at"]
        day = clock.local(datetime.fromisoformat(before)).date()
        assert administrator.get("city/days") == []
        clerk.put(f"city/days/{day}", {"working": False}, expect=403)
        assert administrator.put(f"city/days/{day}", {"working": False, "note": "台风停工"}) == [
            {"day": day.isoformat(), "working": False, "note": "台风停工"}
        ]
        town.work()

        moved = clerk.get(f"cases/{case}")
        after = datetime.fromisoformat(moved["due_at"])
        assert after - datetime.fromisoformat(before) >= timedelta(hours=12)
        assert clock.local(after).date() > day
        last = moved["steps"][-1]
        assert last["verb"] == "redate"
        assert "台风停工" in last["note"]
        assert str(day) in last["note"]

        assert administrator.delete(f"city/days/{day}") == []
        administrator.delete(f"city/days/{day}", expect=404)
        town.work()
        assert clerk.get(f"cases/{case}")["due_at"] == before
