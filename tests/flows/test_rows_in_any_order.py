"""A roster may come before the register: rows that found nobody are tried again, and who is known twice is told."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from departments import named

from wangge.platform.clock import clock

HEAD = {"姓名": "name", "身份证号": "id_number", "手机": "phone", "出生日期": "birth_date"}


def number(day, serial):
    """An identity number of somebody born on this day (GB 11643)."""
    body = f"420502{day.replace('-', '')}{serial:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


LATE = ("欧阳晚到", number("1951-03-04", 801), "13987650001", "1951-03-04")
NEVER = ("司徒未来", number("1962-05-06", 802), "13987650002", "1962-05-06")


def sheet(*people):
    """A department's csv."""
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *people])
    return out.getvalue().encode("utf-8-sig")


def open_feed(town, code, department, *, makes_persons):
    officer, today = town.at("data_officer"), clock.today()
    agreement = officer.post("hub/agreements", {
        "department": department, "direction": "in", "purpose": "base_register", "document": "共享协议",
        "elements": sorted(HEAD.values()), "from_on": today.isoformat(), "to_on": (today + timedelta(days=99)).isoformat(),
    })["uid"]  # fmt: skip
    officer.post("hub/feeds", {"code": code, "agreement": agreement, "name_zh": code, "name_en": code,
                               "makes_persons": makes_persons})  # fmt: skip
    officer.post(f"hub/feeds/{code}/mapping", {"columns": HEAD})
    return agreement


def deliver(town, code, department, *people):
    clerk = town.at("department_clerk", department=department)
    content = named(sheet(*people), f"{code}-{clock.today()}.csv")
    uid = clerk.post(f"hub/feeds/{code}/deliveries", files={"file": content})["uid"]
    town.work()
    return receipt(town, uid)


def receipt(town, uid):
    return town.at("data_officer").get(f"hub/deliveries/{uid}")


def meant(town, code):
    """Row → person, as the data officer exports it."""
    content = town.at("data_officer").get(f"hub/feeds/{code}/links.xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    return {row: person for _file, row, person, *_ in rows}


@pytest.fixture
def waiting(town):
    """A roster that came too early: (agreement, receipt)."""
    with town.when(days=40):
        agreement = open_feed(town, "early", "health", makes_persons=False)
        open_feed(town, "register", "police", makes_persons=True)
        return agreement, deliver(town, "early", "health", NEVER, LATE)


def test_rows_that_found_nobody_are_tried_again_when_somebody_came(town, waiting):
    _, early = waiting
    assert (early["linked_rows"], early["unlinked_rows"]) == (0, 2)
    with town.when(days=41):
        came = deliver(town, "register", "police", LATE)
        assert came["new_persons"] == 1
    now = receipt(town, early["uid"])
    assert (now["linked_rows"], now["unlinked_rows"]) == (1, 1)
    # Row 3 of the roster means whom row 2 of the register brought in; row 2 of the roster still means nobody.
    assert meant(town, "early") == {3: meant(town, "register")[2]}
    with town.when(days=42):  # again: nothing is linked twice
        deliver(
            town,
            "register",
            "police",
            LATE,
            ("诸葛旁人", number("1970-01-02", 803), "13987650003", "1970-01-02"),
        )
    assert receipt(town, early["uid"]) == now


def test_nothing_is_tried_again_after_the_agreement_ended(town, waiting):
    agreement, early = waiting
    with town.when(days=41):
        town.at("data_officer").post(f"hub/agreements/{agreement}/end")
        deliver(town, "register", "police", LATE)
    assert receipt(town, early["uid"])["unlinked_rows"] == 2
    assert meant(town, "early") == {}


def test_whoever_is_known_twice_or_named_twice_is_told_in_the_receipt(town, waiting):
    with town.when(days=41):
        by_phone = ("夏侯两份", "", "13987650009", "")
        by_number = ("夏侯两份", number("1958-07-08", 804), "", "1958-07-08")
        both = ("夏侯两份", by_number[1], "13987650009", "1958-07-08")
        assert deliver(town, "register", "police", by_phone)["doubles"] == 0
        assert deliver(town, "register", "police", by_number, by_number)["repeated_rows"] == 1
        told = deliver(town, "early", "health", both)
        assert (told["doubles"], told["repeated_rows"], told["unlinked_rows"]) == (1, 0, 0)
        pair = town.at("data_officer").get("hub/pairs", feed="early")["items"][0]
        assert pair["veto"] == "two_persons"
        town.at("data_officer").post(f"hub/pairs/{pair['uid']}", {"answer": "same"})
        assert len(set(meant(town, "register").values())) == 1
