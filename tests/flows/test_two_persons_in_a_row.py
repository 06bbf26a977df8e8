"""A housing row names an owner and a tenant: each is linked on their own, and each gets a dated relation to the dwelling."""

import csv
import io
from datetime import timedelta

import departments
import openpyxl
import pytest

from wangge.platform.clock import clock

FIRST = {"权利人": "name", "权利人身份证": "id_number"}
SECOND = {
    "columns": {"承租人": "name", "承租人身份证": "id_number", "坐落": "living_address", "租期起": "tenancy_from", "租期止": "tenancy_to"},
    "constants": {"tenure": "tenant"},
    "dwelling": "坐落",
}  # fmt: skip
ELEMENTS = sorted({*FIRST.values(), *SECOND["columns"].values(), "tenure"})
OWNER, TENANT, OTHER = (
    ("公孙有房", "420502196503041234"),
    ("东郭租房", "420502199001015678"),
    ("南宫无期", "420502198807074321"),
)


def right(number):
    """The number with its check digit (GB 11643)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return number[:17] + "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11]


def person(one):
    return [one[0], right(one[1])]


@pytest.fixture
def doors(town):
    """Two dwellings of the town, as a worker's phone shows them, with that worker."""
    with town.when(days=40):
        grid = town.grids()[0]
        worker = town.worker_of(grid)
        return worker, worker.get(f"field/bundle/{grid}")["held"]["dwellings"][:2]


def written(door):
    entrance = f"{door['entrance']}单元" if door["entrance"] else ""
    return f"{door['address']}{entrance}{door['door']}室"


def deliver(town, doors, elements=ELEMENTS):
    """The department's file: a let dwelling, and one whose tenancy nobody can read; the receipt when all is done."""
    officer, today = town.at("data_officer"), clock.today()
    agreement = officer.post("hub/agreements", {
        "department": "housing", "direction": "in", "purpose": "housing_register", "document": "共享协议",
        "elements": elements, "from_on": today.isoformat(), "to_on": (today + timedelta(days=99)).isoformat(),
    })["uid"]  # fmt: skip
    officer.post(
        "hub/feeds",
        {"code": "let", "agreement": agreement, "name_zh": "租赁", "name_en": "Let", "makes_persons": True},
    )
    officer.post("hub/feeds/let/mapping", {"columns": FIRST, "second": SECOND})
    out, (_, (one, two)) = io.StringIO(), doors
    lines = [
        [*person(OWNER), *person(TENANT), written(one), "2026-01-01", "2027-12-31"],
        [*person(OWNER), *person(OTHER), written(two), "去年春天", "2027-12-31"],
        [*person(OWNER), "", "", written(two), "", ""],
    ]
    csv.writer(out).writerows([[*FIRST, "承租人", "承租人身份证", "坐落", "租期起", "租期止"], *lines])
    file = departments.named(out.getvalue().encode("utf-8-sig"), "let.csv")
    clerk = town.at("department_clerk", department="housing")
    uid = clerk.post("hub/feeds/let/deliveries", files={"file": file})["uid"]
    town.work()
    return clerk.get(f"hub/deliveries/{uid}")


def meant(town):
    """(row, which person of it) → person."""
    content = town.at("data_officer").get("hub/feeds/let/links.xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    return {(row, part): person for _file, row, person, *_, part in rows}


def relations(worker, door):
    """(person, relation) → (first day, first day after the last), as the worker sees whose the department says a door is."""
    card = worker.get(f"registry/dwellings/{door['uid']}")
    said = [
        one
        for one in card["relations"]
        if one["source"] == "housing" and one["relation"] in ("owner", "tenant")
    ]
    return {(one["person"], one["relation"]): (one["from_on"], one["to_on"]) for one in said}


def test_owner_and_tenant_are_two_observations_of_one_row_with_dated_relations(town, doors):
    worker, (one, two) = doors
    with town.when(days=40):
        receipt = deliver(town, doors)
        assert (receipt["rows"], receipt["linked_rows"], receipt["unlinked_rows"]) == (3, 5, 0)
        people = meant(town)
        assert sorted(people) == [(2, 1), (2, 2), (3, 1), (3, 2), (4, 1)]
        owner, tenant, other = people[2, 1], people[2, 2], people[3, 2]
        assert len({owner, tenant, other}) == 3
        assert people[3, 1] == people[4, 1] == owner
        assert relations(worker, one) == {
            (owner, "owner"): (None, None),
            (tenant, "tenant"): ("2026-01-01", "2028-01-01"),
        }
        assert relations(worker, two)[owner, "owner"] == (None, None)
        # What can't be read names the file's row and column, as the department sent it.
        clerk = town.at("department_clerk", department="housing")
        sheet = openpyxl.load_workbook(
            io.BytesIO(clerk.get(f"hub/deliveries/{receipt['uid']}/errors.xlsx"))
        ).active
        (wrong,) = list(sheet.iter_rows(min_row=2, values_only=True))
        assert receipt["bad_rows"] == 1
        assert "去年春天" in wrong
        assert "3" in str(wrong[-1]), wrong


def test_without_tenure_in_the_agreement_nobody_gets_a_relation(town, doors):
    worker, (one, two) = doors
    with town.when(days=40):
        receipt = deliver(town, doors, elements=[code for code in ELEMENTS if code != "tenure"])
        assert receipt["linked_rows"] == 5
        assert relations(worker, one) == relations(worker, two) == {}


def test_a_column_cannot_speak_of_both_persons(town):
    with town.when(days=40):
        officer, today = town.at("data_officer"), clock.today().isoformat()
        agreement = officer.post("hub/agreements", {
            "department": "housing", "direction": "in", "purpose": "housing_register", "document": "共享协议",
            "elements": ELEMENTS, "from_on": today, "to_on": today,
        })["uid"]  # fmt: skip
        officer.post(
            "hub/feeds", {"code": "let", "agreement": agreement, "name_zh": "租赁", "name_en": "Let"}
        )
        both = {"columns": FIRST | {"承租人": "phone"}, "second": SECOND}
        assert officer.post("hub/feeds/let/mapping", both, expect=422)["code"] == "column_twice"
        nobody = {"columns": FIRST, "second": {**SECOND, "columns": {"坐落": "living_address"}}}
        assert officer.post("hub/feeds/let/mapping", nobody, expect=422)["code"] == "no_name"
        nowhere = {"columns": FIRST, "second": {**SECOND, "dwelling": "承租人"}}
        assert officer.post("hub/feeds/let/mapping", nowhere, expect=422)["code"] == "no_address"
        unheard = {"columns": FIRST, "second": {**SECOND, "constants": {"tenure": "king"}}}
        assert officer.post("hub/feeds/let/mapping", unheard, expect=422)["code"] == "no_such_value"


def test_a_tenant_without_a_number_makes_nobody_and_waits_for_people_or_for_later_files(town):
    with town.when(days=40):
        for department in ("police", "housing"):
            departments.open_feed(town, department)
            departments.deliver(town, department)
        officer = town.at("data_officer")
        (receipt,) = officer.get("hub/deliveries", feed="housing")["items"]
        assert receipt["linked_rows"] > receipt["rows"] - receipt["bad_rows"]
        assert receipt["unlinked_rows"] > 0
        pairs = officer.get("hub/pairs", feed="housing", limit=200)["items"]
        tenants = [one for one in pairs if one["part"] == 2]
        assert tenants
        assert all(1 < one["row"] < 2 * receipt["rows"] for one in tenants)
        # Opened, the row's side is what the file says of the tenant, not of the owner.
        opened = officer.get(f"hub/pairs/{tenants[0]['uid']}")
        assert opened["left"]["fields"]["name"] == opened["right"]["fields"]["name"]
        assert opened["left"]["fields"]["id_number"] is None
