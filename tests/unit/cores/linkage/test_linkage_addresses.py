"""The address book: one door however it is written, and nothing guessed between two."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.linkage.addresses import LEVELS, AddressBook, Entry
from wangge.cores.linkage.numerals import narrow

ROADS = ("学院街", "云集路", "果园二路", "五一路")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def _entries() -> list[Entry]:
    found = []
    for road, plate, entrance, floor, door in product(ROADS, (18, 20), (1, 2), range(1, 7), (1, 2)):
        dwelling = f"{road}{plate}-{entrance}-{floor}0{door}"
        community = "学院街社区" if road == "学院街" else "云集社区"
        found.append(
            Entry(dwelling, community, road, f"{road}{plate}号", None, f"{entrance}单元", f"{floor}0{door}")
        )
    for building, entrance, floor in product((1, 2, 3), (1, 2), range(1, 13)):
        dwelling = f"绿洲{building}-{entrance}-{floor}01"
        found.append(
            Entry(
                dwelling,
                "果园社区",
                "绿洲花园",
                "学院街30号",
                f"{building}栋",
                f"{entrance}单元",
                f"{floor}01室",
            )
        )
    for community, building in product(("云集社区", "果园社区"), (1, 2)):
        found.append(
            Entry(f"{community}宿舍{building}", community, "电厂宿舍", None, f"{building}栋", None, "101")
        )
    for number in (1, 2):
        found.append(Entry(f"附{number}", "云集社区", None, f"和光巷15号附{number}号", None, None, "201"))
        found.append(Entry(f"三组{number}", "联丰村", "3组", f"{number}号", None, None, None))
    return found


BOOK = AddressBook(
    _entries(),
    {"解放路": "云集路", "建设新村": "绿洲花园", "红星路8号": "学院街18号", "铁路坝社区": "云集社区"},
    within=("湖北省", "宜昌市", "西陵区"),
)
HOME = "学院街18-2-501"


@pytest.mark.parametrize(
    "written",
    [
        "学院街18号2单元501室",
        "学院街18号2单元501",
        "学院街18-2-501",
        "学院街18号2-501",
        "学院街１８－２－５０１",
        "学院街十八号二单元五〇一室",
        "学院街18号2单元5楼501",
        "学院街18号2单元5层501室（租住）",
        "湖北省宜昌市西陵区学院街道学院街社区学院街18号2单元501室",
        "宜昌市西陵区学院街18号2单元0501室",
        "湖北宜昌市西陵区学院街18号2单元501",
        "湖北宜昌西陵区学院街18号2单元501",
        "宜昌高新区学院街18号2单元501",
        "好邻居超市旁学院街18号2单元501",
        "西陵区 学院街 18 号 2 单元 501",
        "学院街18栋2单元501",
        "红星路8号2单元501",
    ],
)
def test_one_door_however_it_is_written(written: str) -> None:
    found = BOOK.resolve(written)
    assert (found.dwelling, found.level) == (HOME, "door")
    assert found.confidence >= 0.5


@pytest.mark.parametrize(
    ("written", "dwelling", "reason"),
    [
        ("绿洲花园3栋2单元1201室", "绿洲3-2-1201", "ok"),
        ("绿洲花园小区三号楼2单元1201", "绿洲3-2-1201", "ok"),
        ("绿洲3-2-1201", "绿洲3-2-1201", "ok"),
        ("学院街30号绿洲花园3栋2单元1201", "绿洲3-2-1201", "ok"),
        ("建设新村3栋2单元1201", "绿洲3-2-1201", "old_name"),
        ("解放路20号1单元302", "云集路20-1-302", "old_name"),
        ("果园2路18号1单元302", "果园二路18-1-302", "ok"),
        ("五一路18号1单元302", "五一路18-1-302", "ok"),
        ("云集社区绿洲花园3栋2单元1201", "绿洲3-2-1201", "other_community"),
        ("铁路坝社区电厂宿舍1栋101", "云集社区宿舍1", "old_name"),
        ("和光巷15号附2号201室", "附2", "ok"),
        ("联丰村三组2号", "三组2", "ok"),
    ],
)
def test_compounds_old_names_split_plates_and_villages(written: str, dwelling: str, reason: str) -> None:
    found = BOOK.resolve(written)
    assert (found.dwelling, found.reason) == (dwelling, reason)


@pytest.mark.parametrize(
    ("written", "level", "reason"),
    [
        (None, "none", "blank"),
        ("不知道", "none", "no_known_place"),
        ("新学院街18号2单元501", "none", "no_known_place"),
        ("学院路18号2单元501", "none", "no_known_place"),
        ("浙江省义乌市学院街18号2单元501", "none", "elsewhere"),
        ("伍家岗区学院街18号2单元501", "none", "elsewhere"),
        ("湖北荆州市学院街18号2单元501", "none", "elsewhere"),
        ("学院街18号501", "building", "several_dwellings"),
        ("电厂宿舍1栋101", "building", "several_dwellings"),
        ("学院街18号2单元909", "entrance", "no_such_door"),
        ("学院街18号", "building", "no_door"),
        ("学院街99号1单元101", "place", "no_such_number"),
        ("云集社区", "community", "no_door"),
        ("学院街和云集路18号1单元101", "none", "contradiction"),
    ],
)
def test_what_is_not_certain_stays_open_and_says_why(written: str | None, level: str, reason: str) -> None:
    found = BOOK.resolve(written)
    assert (found.dwelling, found.level, found.reason) == (None, level, reason)
    assert level in LEVELS


@given(
    st.sampled_from([e for e in _entries() if e.plate and e.entrance]),
    st.sampled_from(["", "西陵区", "湖北省宜昌市西陵区", "宜昌市 "]),
    st.sampled_from(["单元", "-"]),
    st.sampled_from([None, HAN, WIDE]),
    st.booleans(),
)
def test_no_way_of_writing_means_another_door(
    entry: Entry, prefix: str, joint: str, digits: dict[int, int] | None, with_building: bool
) -> None:
    number = lambda text: (text or "").rstrip("单元室栋")  # noqa: E731
    building = f"{entry.compound}{entry.building}" if with_building and entry.building else ""
    rest = f"{number(entry.entrance)}{joint}{number(entry.door)}"
    text = f"{prefix}{entry.plate}{building}{rest if not digits else rest.translate(digits)}"
    assert BOOK.resolve(text).dwelling in (entry.dwelling, None)


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    found = BOOK.resolve(text)
    assert found == BOOK.resolve(narrow(text)) or found.dwelling is None


def test_many_are_answered_in_order_and_fast() -> None:
    texts = [f"学院街{18 + 2 * (n % 2)}号{n % 3}单元{n % 7}0{n % 4}室" for n in range(4_000)]
    start = time.process_time()
    found = BOOK.resolve_many(texts)
    assert len(texts) / (time.process_time() - start) > 10_000
    assert found == [BOOK.resolve(text) for text in texts]
