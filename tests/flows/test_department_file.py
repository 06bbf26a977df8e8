"""A department's file becomes a service at the door. Each step is taken by the role whose it is, and read back by the next."""

import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from departments import deliver, named, open_feed
from desk import Desk
from django.conf import settings

from wangge.platform.clock import clock

SEEDS = [1, 2]


@pytest.fixture(scope="module", params=SEEDS)
def seed(request):
    return request.param


@pytest.fixture(scope="module")
def loaded(seed, loader):
    yield from loader(seed)


def programmes(town, file="programmes.xlsx"):
    content = (town.folder / "city" / file).read_bytes()
    return town.at("data_officer").post("services/programmes", files={"file": named(content, file)})


@pytest.fixture(scope="module")
def delivered(loaded):
    """Five programmes and the files of four departments, delivered: agreements and receipts by department."""
    with loaded.when(days=40):
        programmes(loaded)
        agreements = {
            d: open_feed(loaded, d) for d in ("police", "civil_affairs", "health", "social_security")
        }
        receipts = {d: deliver(loaded, d) for d in agreements}
    loaded.desks.clear()
    return agreements, receipts


@pytest.fixture
def fed(delivered, town):
    """The same for one test: whatever the test does is taken back."""
    return delivered


def test_the_file_is_received_under_an_agreement_and_a_forbidden_column_never_reaches_a_disk(town, fed):
    _, receipts = fed
    with town.when(days=40, hours=1):
        receipt = town.at("department_clerk", department="civil_affairs").get(
            f"hub/deliveries/{receipts['civil_affairs']['uid']}"
        )
        assert receipt["state"] == "folded"
        refused = {one["column"]: one["code"] for one in receipt["refused_columns"]}
        assert refused["是否重点人员"] == "control_list"
        police = town.at("data_officer").get(f"hub/deliveries/{receipts['police']['uid']}")
        assert {"ethnicity", "politics"} <= {one["code"] for one in police["refused_columns"]}
        # Another department's clerk doesn't see it.
        town.at("department_clerk", department="health").get(f"hub/deliveries/{receipt['uid']}", expect=404)
    for path in Path(settings.WANGGE_HOME).rglob("*"):
        assert not path.is_file() or "土家族".encode() not in path.read_bytes(), path


def test_rows_in_error_go_back_to_the_department(town, fed):
    _, receipts = fed
    with town.when(days=40, hours=1):
        officer = town.at("department_clerk", department="police")
        uid = receipts["police"]["uid"]
        bad = officer.get(f"hub/deliveries/{uid}")["bad_rows"]
        assert bad > 0
        sheet = openpyxl.load_workbook(io.BytesIO(officer.get(f"hub/deliveries/{uid}/errors.xlsx"))).active
        assert sheet.max_row == bad + 1
        assert all(row[-1] for row in sheet.iter_rows(min_row=2, values_only=True))


def test_the_same_file_again_is_the_same_delivery(town, fed):
    _, receipts = fed
    with town.when(days=41):
        again = deliver(town, "civil_affairs")
    assert again["uid"] == receipts["civil_affairs"]["uid"]
    assert again["again"]


def todos_of(town, programme):
    """Open to-dos of a programme, found on the phones of those on duty; with their workers."""
    for grid in town.grids():
        worker = town.worker_of(grid)
        bundle = worker.get(f"field/bundle/{grid}")
        for todo in bundle["todos"]:
            if todo["admission"].endswith(programme) and not todo["not_before"]:
                yield grid, worker, bundle, todo


def a_todo(town, programme):
    """The first of them."""
    found = next(todos_of(town, programme), None)
    assert found is not None, f"no to-do of {programme} in any bundle"
    return found


def corrections(town, department):
    """What the department reads in its return feed."""
    clerk = town.at("department_clerk", department=department)
    return clerk.get("hub/return", kind="correction", limit=200)["items"]


def test_a_conflict_becomes_a_to_do_at_the_door_and_the_answer_a_correction(town, fed):
    with town.when(days=41):
        _, worker, _, todo = a_todo(town, "confirm_fact")
        element = todo["elements"][0]
        assert todo["reason_zh"]
        value = {"phone": "13900001234"}.get(element, "1950-01-01" if element.endswith("date") else "新的值")
        worker.post(f"todos/{todo['uid']}/settle", {"outcome": "corrected", "values": {element: value}})
        department = todo["department"]
        back = corrections(town, department)
        mine = [one for one in back if one["task"] == f"todo:{todo['uid']}"]
        assert [(one["element"], one["value"], one["outcome"]) for one in mine] == [
            (element, value, "corrected")
        ]


def test_a_conflict_names_two_sides_and_the_departments_own_value_is_nothing_to_correct(town, fed):
    names = {one["code"]: one["name_zh"] for one in town.at("data_officer").get("access/departments")}
    with town.when(days=41):
        found = [one for *_, one in todos_of(town, "confirm_fact")]
        assert found
        for todo in found:
            mine, rest = todo["reason_zh"].split("与", 1)
            assert mine == names[todo["department"]]
            assert not rest.startswith(mine), todo["reason_zh"]


def asked_at_the_door(town, officer):
    """Pairs that the officer sends to a door, each with its to-do and the desk of whoever is on duty there."""
    for pair in officer.get("hub/pairs", limit=200)["items"]:
        if pair["veto"] == "two_persons" or not officer.get(f"registry/people/{pair['person']}")["dwelling"]:
            continue
        officer.post(f"hub/pairs/{pair['uid']}", {"answer": "at_the_door"})
        open_ = officer.get("todos/", state="open", origin="hub", subject=pair["person"])["items"]
        todo = next(one for one in open_ if one["origin_ref"] == f"pair:{pair['uid']}")
        yield pair, todo, town.worker_of(todo["grid"])


@pytest.mark.parametrize(
    ("outcome", "state"), [("confirmed", "same"), ("corrected", "different"), ("cannot_tell", "open")]
)
def test_a_pair_that_is_asked_at_a_door_is_decided_by_the_answer(town, fed, outcome, state):
    with town.when(days=41):
        officer = town.at("data_officer")
        pair, todo, worker = next(asked_at_the_door(town, officer))
        worker.post(f"todos/{todo['uid']}/settle", {"outcome": outcome})
        assert officer.get(f"hub/pairs/{pair['uid']}")["state"] == state


def test_a_pair_that_is_decided_at_the_desk_meanwhile_is_asked_at_no_door(town, fed):
    with town.when(days=41):
        officer = town.at("data_officer")
        pair, todo, worker = next(asked_at_the_door(town, officer))
        officer.post(f"hub/pairs/{pair['uid']}", {"answer": "different"})
        assert worker.get(f"todos/{todo['uid']}")["state"] == "withdrawn"
        worker.post(f"todos/{todo['uid']}/settle", {"outcome": "confirmed"}, expect=409)
        assert officer.get(f"hub/pairs/{pair['uid']}")["state"] == "different"


def see(town, worker, todo, number, code="phone"):
    """The worker, at the door for a to-do that asks nothing of the kind, finds another value."""
    seen = {"uid": str(uuid4()), "subject": todo["subject"], "element": code, "value": number,
            "observed_at": clock.now().isoformat(), "task": f"todo:{todo['uid']}"}  # fmt: skip
    assert worker.post("registry/observations", [seen])[0]["state"] == "folded"


def heard(town, departments, todo):
    """Department → its corrections that were found under a to-do."""
    told = {
        d: [one for one in corrections(town, d) if one["task"] == f"todo:{todo['uid']}"] for d in departments
    }
    return {department: lines for department, lines in told.items() if lines}


def test_what_a_worker_finds_goes_back_to_every_department_that_said_otherwise(town, fed):
    agreements, _ = fed
    officer = town.at("data_officer")
    with town.when(days=41):
        # Nobody but a department knows whose number it sent: visit after visit, until one of them sent another.
        for _, worker, _, todo in todos_of(town, "alone_visit"):
            see(town, worker, todo, "13900001234")
            if told := heard(town, agreements, todo):
                break
        assert told
        for department, (line,) in told.items():
            assert (line["element"], line["value"], line["source"]) == ("phone", "13900001234", "task")
            assert line["feed"] == department
            assert line["row"] > 1
            assert line["said"]
            assert line["said"] != "13900001234"
            assert line["at"][:10] == clock.today().isoformat()
        # Found the way the department says, it is none.
        department, (line,) = next(iter(told.items()))
        see(town, worker, todo, line["said"])
        assert heard(town, [department], todo)[department] == [line]
    with town.when(days=42):
        # Without an agreement for what comes back, nothing does, neither what was found before nor what is found now.
        back = next(
            one
            for one in officer.get("hub/agreements")
            if (one["department"], one["direction"]) == (department, "out")
        )
        officer.post(f"hub/agreements/{back['uid']}/end")
        see(town, worker, todo, "13900005678")
        assert heard(town, [department], todo) == {}
    with town.when(days=43):
        terms = {
            name: back[name]
            for name in ("department", "direction", "purpose", "document", "from_on", "to_on")
        }
        officer.post("hub/agreements", {**terms, "elements": ["phone"]})
        assert heard(town, [department], todo)[department] == [line]
        see(town, worker, todo, "13900009999")
        assert heard(town, [department], todo)[department][0]["value"] == "13900009999"


def test_an_entitlement_reaches_the_door_and_its_outcome_comes_back(town, fed):
    with town.when(days=41):
        clerk = town.at("department_clerk", department="civil_affairs")
        listed = clerk.get("services/entitled", programme="alone_visit")
        assert listed["total"] > 0
        counts = clerk.get("services/counts", programme="alone_visit")
        assert counts
        _, worker, bundle, todo = a_todo(town, "alone_visit")
        assert "独居" in todo["reason_zh"] or "living" in todo["reason_en"].lower()
        person = todo["subject"]
        assert any(one["uid"] == person for one in bundle["held"]["people"])

        # At the door the worker shows a one-time code; the resident binds an account with it.
        invitation = worker.post("residents/invitations", {"person": person, "task": f"todo:{todo['uid']}"})
        resident = Desk()
        made = resident.client.post(
            "/_allauth/browser/v1/auth/signup",
            json.dumps({"username": f"resident{town.seed}", "password": "a-long-password-1"}),
            content_type="application/json",
        )
        assert made.status_code in (200, 401), made.content
        resident.get("residents/data", expect=403)
        resident.post("residents/bind", {"code": "00000000"}, expect=422)
        resident.post("residents/bind", {"code": invitation["code"]})
        mine = resident.get("residents/services")
        assert any(one["programme"] == "alone_visit" for one in mine)

    # The phone is offline: it looks, settles, and sends later, twice and out of order.
    phone = Desk()
    with town.when(days=41):
        token = worker.post("field/devices", {"label": "手机"})["token"]
    phone.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    seen = (town.start + timedelta(days=41, hours=3)).isoformat()
    look = {"uid": str(uuid4()), "seq": 1, "at": seen,
            "body": {"kind": "look", "person": person, "elements": ["phone"], "task": f"todo:{todo['uid']}"}}  # fmt: skip
    settle = {"uid": str(uuid4()), "seq": 2, "at": seen,
              "body": {"kind": "settle", "todo": todo["uid"], "outcome": "settled", "minutes": 25}}  # fmt: skip
    with town.when(days=43):
        first = phone.post("field/outbox", {"envelopes": [settle, look]})["receipts"]
        again = phone.post("field/outbox", {"envelopes": [look, settle]})["receipts"]
        late = phone.post("field/outbox", {"envelopes": [{**settle, "uid": str(uuid4())}]})["receipts"]
    assert [r["state"] for r in first] == ["accepted", "accepted"]
    assert [r["duplicate"] for r in again] == [True, True]
    assert late[0]["state"] in (
        "accepted",
        "superseded",
    )  # settled alike by the same worker, it stays as it is

    with town.when(days=44):
        back = clerk.get("hub/return", kind="outcome", limit=200)["items"]
        assert [one["outcome"] for one in back if one["programme"] == "alone_visit"] == ["settled"]
        mine = {one["programme"]: one for one in resident.get("residents/services")}
        assert mine["alone_visit"]["state"] == "settled"
        looks = resident.get("residents/looks")
        told = [one for one in looks if not one["own"] and one["task"] == f"todo:{todo['uid']}"]
        assert told
        assert told[0]["post_zh"]
        assert resident.get("residents/data")


def test_a_service_without_application_is_confirmed_by_a_clerk_and_may_be_declined(town, fed):
    with town.when(days=41):
        clerk = town.at("department_clerk", department="civil_affairs")
        waiting = clerk.get("services/to-confirm", programme="old_age_allowance", limit=5)
        if waiting["total"]:
            uid = waiting["items"][0]["uid"]
            assert clerk.post("services/confirm", {"entitlements": [uid]})["confirmed"] == 1
            assert clerk.get(f"services/entitled/{uid}")["state"] == "confirmed"
        listed = clerk.get("services/entitled", programme="old_age_allowance", limit=200)
        assert listed["total"] > 0


def test_change_the_duty_and_the_to_do_goes_to_the_other_worker(town, fed):
    with town.when(days=41):
        grid, worker, _, todo = a_todo(town, "alone_visit")
        lead = town.at("grid_lead", area=grid)
        other = next(
            line for line in lead.get("workforce/roster", community=grid[:12], limit=200)["items"]
            if not line["duties"]
        )  # fmt: skip
        lead.post("workforce/hand-over", {"grid": grid, "worker": other["worker"]["uid"]})
    with town.when(days=41, minutes=1):
        worker.get(f"field/bundle/{grid}", expect=403)
        worker.get(f"todos/{todo['uid']}", expect=403)
        successor = town.desk_of(other["worker"]["name"])
        assert todo["uid"] in {one["uid"] for one in successor.get(f"field/bundle/{grid}")["todos"]}


def test_end_the_agreement_and_the_feed_stops(town, fed):
    agreements, _ = fed
    with town.when(days=42):
        town.at("data_officer").post(f"hub/agreements/{agreements['civil_affairs']}/end")
        refused = deliver(town, "civil_affairs", number=1, expect=409)
        assert refused["code"] == "agreement_ended"


def test_a_sixth_programme_comes_by_one_file_and_another_date_changes_the_list(town, fed):
    officer = town.at("data_officer")
    with town.when(days=42):
        before = {one["code"] for one in officer.get("services/programmes")}
        programmes(town, "programme_elderly_checkup.xlsx")
        assert {one["code"] for one in officer.get("services/programmes")} - before == {"elderly_checkup"}
        town.screen()
        listed = officer.get("services/entitled", programme="elderly_checkup")["total"]
        assert listed > 0

        # The same programme with another last day: from then on nobody is entitled.
        book = openpyxl.load_workbook(town.folder / "city" / "programme_elderly_checkup.xlsx")
        sheet = book.active
        head = [box.value for box in sheet[1]]
        sheet.cell(2, head.index("to") + 1).value = (clock.today() + timedelta(days=1)).isoformat()
        changed = io.BytesIO()
        book.save(changed)
        officer.post("services/programmes", files={"file": named(changed.getvalue(), "shorter.xlsx")})
        town.screen()
        assert officer.get("services/entitled", programme="elderly_checkup")["total"] == listed
    with town.when(days=45):
        town.screen()
        assert officer.get("services/entitled", programme="elderly_checkup")["total"] == 0
