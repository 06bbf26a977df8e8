"""A dry run tells what a file would change, shows nothing that is refused, and leaves nothing behind but its row of the trail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from messy_roster import HEAD, MAPPING, ROWS, SHEET, book, named

from wangge.cores.tables.errors import TableError
from wangge.cores.tables.reading import read_table
from wangge.ground.registry import columns
from wangge.ground.registry import queries as people
from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.audit.models import Entry, Look
from wangge.work.hub import actions, queries
from wangge.work.hub.models import RowFault
from wangge.work.hub.sheets import masked

pytestmark = pytest.mark.django_db
SECRETS = ("土家族", "汉族", "回族", "已核", "王秀兰", "李强", "李 强", "420502194405120024", "13812345521", "13812349999",
           "13900001111", "赵敏", "1944.5.12", "1944-05-12")  # fmt: skip


def tried(officer, content=None, **more):
    return actions.try_file(
        feed="roster", file=named(content or SHEET), name="7月名册.xlsx", by=officer, **more
    )


def held() -> dict[str, int]:
    """How many rows every table has, but for the trail itself and what signs in."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model is not Entry and model._meta.managed
    }


def files() -> dict[str, int]:
    """Every file of the installation but the database, with its size."""
    home = Path(settings.WANGGE_HOME)
    return {
        str(path): path.stat().st_size
        for path in home.rglob("*")
        if path.is_file() and ".sqlite3" not in path.name
    }


def test_nothing_is_written_but_that_somebody_tried(officer, feed, known, installer):
    before, there, last = held(), files(), Entry.objects.order_by("-id").first()
    facts = columns.columns(purpose="linking", elements=["name", "phone"], by=installer).to_pylist()
    found = tried(officer)
    assert found.counts.new == found.counts.changed == 1
    assert held() == before
    assert files() == there
    assert columns.columns(purpose="linking", elements=["name", "phone"], by=installer).to_pylist() == facts
    written = list(Entry.objects.filter(id__gt=last.pk, verb__startswith="hub."))
    assert [(one.verb, one.object_kind, one.object_id, one.actor) for one in written] == [
        ("hub.try", "feed", "roster", officer.id)
    ]
    assert written[0].details["refused"] == ["序号", "基本情况/民族", "备注"]
    assert not any(secret in json.dumps(written[0].details, ensure_ascii=False) for secret in SECRETS)


def test_the_counters_count_something(officer, feed, known, delivered):
    """The negative control of the test above: a delivery of the same file does leave rows and files behind."""
    assert delivered.rows == 3
    assert any("roster-raw" in name for name in files())
    assert held()["registry.Link"] > 1


def test_no_clear_value_and_nothing_of_a_refused_column_is_told(officer, feed, known):
    said = tried(officer).model_dump_json()
    proposed = actions.propose_mapping(
        feed="roster", file=named(SHEET), name="7月名册.xlsx", by=officer
    ).model_dump_json()
    for text in (said, proposed):
        assert not [secret for secret in SECRETS if secret in text]
        assert "王*兰" in text


def test_rows_are_counted_once_by_the_most_they_do(officer, feed, known):
    counts = tried(officer).counts
    assert (counts.new, counts.changed, counts.same, counts.unlinked, counts.refused) == (1, 1, 0, 0, 1)
    assert counts.faulty == 2  # no name in row 7, and "无" is no telephone number
    same = tried(
        officer, book(rows=[(1, "王秀兰", "420502194405120024", "女", "19440512", "", "13812345521", "", "")])
    )
    assert (same.counts.new, same.counts.changed, same.counts.same) == (0, 0, 1)


def test_a_change_tells_old_and_new_masked_and_where(officer, feed, known):
    found = tried(officer)
    (phone,) = [one for one in found.changes if one.element == "phone"]
    assert (phone.row, phone.letter, phone.column, phone.old, phone.new) == (
        5,
        "G",
        "联系电话",
        "138****5521",
        "138****9999",
    )
    by_element = {one.element: one for one in found.elements}
    assert (by_element["phone"].changed + by_element["phone"].kept, by_element["phone"].refused) == (1, 1)
    assert (by_element["id_number"].same, by_element["id_number"].new) == (1, 1)
    read = {(one.letter, one.row): (one.sent, one.read) for one in found.readings}
    assert read["E", 5] == ("1944.*.**", "1944")
    assert read["D", 6] == ("男性", "男")
    assert read["G", 6] == ("*", None)


def test_a_difference_that_the_mask_hides_is_said(officer, feed, known):
    (change,) = [
        one
        for one in tried(
            officer, book(rows=[(1, "王秀兰", "420502194405120024", "女", "1944.6.1", "", "", "", "")])
        ).changes
        if one.element == "birth_date"
    ]
    assert (change.old, change.new, change.alike) == ("1944", "1944", True)


def test_faults_say_sheet_row_column_what_was_expected_and_what_to_do(officer, feed, known):
    found = tried(officer)
    assert {(one.sheet, one.row, one.letter, one.column) for one in found.faults} == {
        ("名册", 6, "G", "联系电话"), ("名册", 7, "B", "基本情况/姓名")
    }  # fmt: skip
    assert all(one.expected and one.advice for one in found.faults)
    assert found.left_out == [8]


def test_the_sheet_is_shown_as_it_is(officer, feed, known):
    sheet = tried(officer).sheet
    assert (sheet.sheet, sheet.sheets, sheet.header_first, sheet.header_last) == (
        "名册",
        ["名册", "说明"],
        3,
        4,
    )
    assert [one.letter for one in sheet.columns if one.withheld] == ["A", "F", "I"]
    lines = {line.row: line.boxes for line in sheet.lines}
    assert lines[1][0] == HEAD[0][0]
    assert "赵敏" not in lines[2][0]
    assert "西陵区民政局" in lines[2][0]
    assert lines[5] == [
        None,
        "王*兰",
        "420**************4",
        "女",
        "1944.*.**",
        None,
        "138****9999",
        "学院街18号",
        None,
    ]
    assert (3, 1, 3, 5) in sheet.merges
    assert (1, 0, 1, 8) in sheet.merges


def test_another_mapping_may_be_tried_before_it_stands(officer, feed, known):
    without = {**MAPPING, "联系电话": ""}
    found = tried(officer, columns=without)
    assert "phone" not in {one.element for one in found.elements}
    assert {one.column for one in found.refused} == {"序号", "基本情况/民族", "联系电话", "备注"}
    with pytest.raises(Invalid):
        tried(officer, columns={**MAPPING, "基本情况/民族": "sex"})
    with pytest.raises(TableError):
        tried(officer, columns=dict.fromkeys(MAPPING, ""))


def test_more_than_the_agreement_names_is_refused_in_a_try_too(officer, feed, known):
    found = tried(officer, columns={**MAPPING, "备注": "guardian_name"})
    assert [one.code for one in found.refused if one.column == "备注"] == ["not_agreed"]
    assert "已核" not in found.model_dump_json()


def test_what_was_foreseen_is_what_a_delivery_does(officer, feed, known, installer, request):
    before = {one["person"]: one for one in facts(installer)}
    counts = tried(officer).counts
    request.getfixturevalue("delivered")
    after = {one["person"]: one for one in facts(installer)}
    assert counts.new == len(after.keys() - before.keys())
    assert counts.changed == sum(after[person] != before[person] for person in before)
    again = tried(officer).counts
    assert (again.new, again.changed, again.same) == (0, 0, 2)


def facts(by):
    return columns.columns(
        purpose="linking", elements=["name", "id_number", "phone", "living_address"], by=by
    ).to_pylist()


def test_a_file_that_was_delivered_before_says_so(officer, feed, known, delivered):
    assert tried(officer).delivered_before
    assert not tried(officer, book(rows=ROWS[:1])).delivered_before


def test_whoever_may_not_map_may_not_try(user_with, feed):
    clerk = user_with("clerk", ("department_clerk", "", "civil_affairs"))[1]
    with pytest.raises(Forbidden):
        tried(clerk)


def test_a_full_line_above_the_header_is_not_shown_in_clear(officer, feed, known):
    """Whatever nobody recognised as a header may be data: it is withheld."""
    above = (("甲", "张三", "女", "学院街", "汉族", "已故", "退休", "某某", "无"), *HEAD)
    content = book(head=above, merged=())
    try:
        said = tried(officer, content).model_dump_json()
    except TableError:
        return
    assert "已故" not in said


@pytest.mark.parametrize(
    ("element", "sent", "shown"),
    [
        ("birth_date", "1936/2/8", "1936/*/*"), ("birth_date", "19360208", "1936****"), ("birth_date", "13188", "*****"),
        ("birth_date", "44年12月", "44年**月"), ("phone", "13812345521", "138****5521"), ("name", "王秀兰", "王*兰"),
        ("living_address", "学院街18号，13812345521", "学院街18号，138*******1"), ("sex", "女", "女"),
    ],
)  # fmt: skip
def test_what_was_sent_is_masked_as_it_is_written(element, sent, shown):
    assert masked(element, sent) == shown


def test_a_number_that_the_sheet_damaged_is_a_fault_in_a_try_and_in_a_delivery(
    officer, feed, known, user_with, installer
):
    """Excel shows a long number as 4.2E+17 and loses its last digits: never silently an empty box."""
    content = book(rows=[(1, "王秀兰", "4.20502E+17", "女", "1944.5.12", "", "13812345521", "", "")])
    (fault,) = tried(officer, content).faults
    assert (fault.sheet, fault.row, fault.letter, fault.code) == ("名册", 5, "C", "number_damaged")
    clerk = user_with("c", ("department_clerk", "", "civil_affairs"))[1]
    receipt = actions.receive(feed=feed, file=named(content), name="7月名册.xlsx", by=clerk)
    actions.standardise(delivery=receipt.uid, by=installer)
    assert queries.receipt(officer, receipt.uid).bad_rows == 1
    name, sheet = queries.errors_file(officer, receipt.uid)
    said = "\n".join(str(box) for line in read_table(sheet, name=name).rows for box in line)
    assert "4.20502E+17" not in said
    assert "last digits are lost" in said


def test_rows_in_error_are_a_look_at_whom_they_mean_unless_their_own_department_takes_them(
    officer, feed, known, delivered, user_with
):
    """They hold names and numbers in clear; the department that sent them knows them, nobody else does."""
    faulty = set(RowFault.objects.values_list("row", flat=True))
    meant = {
        str(one.person) for one in people.links(actors.system("data_day"), feed=feed) if one.row in faulty
    }
    assert meant
    queries.errors_file(user_with("d", ("department_clerk", "", "civil_affairs"))[1], str(delivered.uid))
    assert not Look.objects.exists()
    queries.errors_file(officer, str(delivered.uid))
    looks = Look.objects.all()
    assert {str(one.subject) for one in looks} == meant
    assert {(one.actor, one.post) for one in looks} == {(officer.id, "data_officer")}
    assert all("name" in one.elements for one in looks)
