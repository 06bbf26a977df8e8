"""Who sees whom, and how much: masked lists, opened persons, one's own data, columns for bulk work."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import GridRow
from wangge.ground.registry import actions, columns, opening, queries
from wangge.ground.registry.models import ELEMENT_COLUMNS, Person
from wangge.platform.access import actions as access
from wangge.platform.access import actors, allowances, purposes
from wangge.platform.access.errors import Forbidden, NotFound, Unauthenticated
from wangge.platform.audit.models import Entry, Look
from wangge.platform.clock import clock
from wangge.platform.elements.registry import UnknownElement, element

WEST1, WEST2, EAST1 = "420502001001001", "420502001001002", "420502001002001"
PHONE, NUMBER = "13812345521", "110105194912310021"


def box(west, south, east, north):
    return shapely.to_wkb(shapely.box(west, south, east, north))


@pytest.fixture
def people(feeds, lives, town):
    """One in each of three grids, and one of whom nobody knows where they live."""
    found = feeds.add(
        ["王秀兰", "张伟", "李娜", "赵无家"],
        id_number=[NUMBER, None, None, None],
        birth_date=[date(1949, 12, 31)] * 4,
    )
    feeds.say(found[0], "health", phone=PHONE)
    feeds.say(found[0], "disabled_federation", disability_level=2)
    for person, grid in zip(found, (WEST1, WEST2, EAST1), strict=False):
        lives(person, town[grid][0])
    return found


@pytest.fixture
def worker(people, user_with):
    return user_with("w", ("grid_worker", WEST1))[1]


@pytest.fixture
def clerk(people, user_with):
    return user_with("k", ("department_clerk", "", "health"))[1]


def names(page):
    return [one.name for one in page.items]


# Scope


def test_lists_and_counts_lie_in_the_actors_areas(people, worker, user_with):
    assert (names(queries.people(worker)), queries.people(worker).total) == (["王*兰"], 1)
    _, lead = user_with("l", ("grid_lead", "420502001001"))
    assert sorted(names(queries.people(lead))) == ["张*", "王*兰"]
    _, officer = user_with("o", ("data_officer",))
    assert queries.people(officer).total == 4
    assert queries.people(officer, area=EAST1).total == 1
    assert queries.people(officer, limit=1, offset=1).total == 4
    assert queries.people(lead).total == 2


def test_a_named_area_never_widens_the_scope(worker):
    assert queries.people(worker, area=WEST2).total == 0
    assert queries.people(worker, area="420502").total == 1
    assert queries.people(worker, area=EAST1).total == 0


@pytest.mark.parametrize("search", ["王秀兰", PHONE, "138-1234-5521", NUMBER, NUMBER.lower()])
def test_a_search_finds_whole_names_and_numbers(worker, search):
    assert names(queries.people(worker, search=search)) == ["王*兰"]


@pytest.mark.parametrize("search", ["张伟", "王秀", "王", "1381234", NUMBER[:10], "赵无家"])
def test_a_search_finds_nobody_outside_and_nobody_by_parts(worker, search):
    assert queries.people(worker, search=search).total == 0


def test_a_person_outside_is_not_there(people, worker):
    assert queries.person(worker, people[0]).name == "王*兰"
    for uid in (people[1], people[3], "0198f2c0-0000-7000-8000-000000000000", "x"):
        with pytest.raises(NotFound):
            queries.person(worker, uid)


def test_a_new_plan_changes_who_is_seen_and_moves_no_row(people, worker, installer):
    cut = [GridRow(WEST1, box(111.05, 30.0, 111.1, 30.1)), GridRow(WEST2, box(111.0, 30.0, 111.05, 30.1))]
    swapped = areas.draft_plan(grids=cut, memberships={}, by=installer)
    before = list(Person.objects.values("home", "version"))
    areas.put_in_force(plan=swapped, by=installer, at=clock.now() + timedelta(days=1))
    assert names(queries.people(worker)) == ["王*兰"]
    with clock.moved(clock.now() + timedelta(days=1)):
        assert names(queries.people(worker)) == ["张*"]
    assert list(Person.objects.values("home", "version")) == before


def test_who_holds_no_grant_sees_nobody(people, clerk, user_with):
    _, nobody = user_with("x")
    for actor in (nobody, clerk):
        with pytest.raises(Forbidden):
            queries.people(actor)
    with pytest.raises(Unauthenticated):
        queries.people(actors.PUBLIC)


def test_a_list_is_masked_and_no_look(people, worker):
    (card,) = queries.people(worker).items
    assert (card.phone, card.birth_year, card.sex) == ("138****5521", "1949", None)
    whole = queries.people(worker).model_dump_json()
    assert not [v for v in (PHONE, NUMBER, "王秀兰", "1949-12-31") if v in whole]
    assert Look.objects.count() == 0


def test_a_list_does_not_name_sensitive_elements_in_doubt(people, worker, feeds):
    feeds.say(people[0], "health", on="2026-04-01", disability_level=3, phone="13800000009")
    feeds.say(people[0], "civil_affairs", on="2026-05-01", phone="13800000008")
    assert queries.person(worker, people[0]).unconfirmed == ["phone"]


# Opening


@pytest.fixture
def task(people):
    purposes.give(
        holder=purposes.at_place(queries.place_of_person(people[0])), subjects=[people[0]], task="todo:1",
        purpose="disability_service",
    )  # fmt: skip
    return "todo:1"


def test_a_person_is_opened_for_a_task_and_the_look_is_recorded(people, worker, task, installer):
    access.add_department(code="police", name_zh="公安", name_en="Police", by=installer)
    opened = queries.open_person(worker, people[0], ["name", "id_number", "disability_level"], task=task)
    facts = {f.element: f for f in opened.facts}
    assert {c: f.value for c, f in facts.items()} == {
        "name": "王秀兰", "id_number": NUMBER, "disability_level": "2",
    }  # fmt: skip
    assert (facts["name"].source_zh, facts["name"].source_en, facts["name"].standing) == (
        "公安",
        "Police",
        "authority",
    )
    look = Look.objects.get()
    assert (look.subject, look.task, look.purpose, look.post) == (
        people[0], task, "disability_service", "grid_worker",
    )  # fmt: skip
    assert look.elements == ["disability_level", "id_number", "name"]


def test_what_the_task_does_not_need_is_withheld(people, worker, task, feeds):
    feeds.say(people[0], "social_security", pension_status="suspended")
    opened = queries.open_person(worker, people[0], ["name", "pension_status"], task=task)
    assert opened.withheld == ["pension_status"]
    assert Look.objects.get().elements == ["name"]
    every = queries.open_person(worker, people[0], [], task=task)
    assert "pension_status" in every.withheld
    assert {f.element for f in every.facts} >= {"name", "phone", "disability_level"}


def test_without_a_task_nobody_is_opened(people, worker, user_with, task):
    _, neighbour = user_with("n", ("grid_worker", WEST2))
    for actor, person, named in (
        (worker, people[1], ""),
        (worker, people[0], "todo:2"),
        (neighbour, people[0], task),
    ):
        with pytest.raises(Forbidden):
            queries.open_person(actor, person, ["name"], task=named)
    purposes.end(task=task)
    with pytest.raises(Forbidden):
        queries.open_person(worker, people[0], ["name"], task=task)
    assert Look.objects.count() == 0


def test_a_task_for_a_person_who_was_merged_opens_who_stands(people, worker, task, feeds, installer):
    (keep,) = feeds.add(["王秀兰"])
    actions.merge(keep=keep, gone=people[0], by=installer)
    opened = queries.open_person(worker, keep, ["name"], task=task)
    assert opened.uid == keep
    assert Look.objects.get().subject in queries.all_ids(keep)


# One's own data


@pytest.fixture
def herself(people, user_with, installer):
    uid, _ = user_with("r")
    access.bind_person(user=uid, person=people[0], by=installer)
    return actors.of_id(f"user:{uid}")


def test_my_data_tells_value_source_and_date(people, herself, installer):
    access.add_department(code="health", name_zh="卫健委", name_en="Health", by=installer)
    mine = {one.element: one for one in queries.my_data(herself)}
    assert mine.keys() >= {"name", "id_number", "phone", "lives_here", "disability_level"}
    assert list(mine) == [code for code in ELEMENT_COLUMNS if code in mine]
    phone = mine["phone"]
    assert (phone.label_zh, phone.value, phone.source_zh, phone.source_en) == (
        "联系电话",
        PHONE,
        "卫健委",
        "Health",
    )
    assert (phone.observed_at.date(), phone.standing, phone.fresh) == (date(2026, 3, 1), "said", True)
    assert (mine["lives_here"].value, mine["lives_here"].shown_zh, mine["lives_here"].shown_en) == (
        "yes",
        "是",
        "yes",
    )
    assert Look.objects.get().post == "resident"


def test_my_data_needs_a_bound_account(people, user_with, worker):
    for actor in (user_with("x")[1], worker):
        with pytest.raises(Forbidden):
            queries.my_data(actor)


def test_my_data_follows_a_merge(people, herself, feeds, installer):
    (keep,) = feeds.add(["王秀兰"])
    actions.merge(keep=keep, gone=people[0], by=installer)
    assert {one.element for one in queries.my_data(herself)} >= {"phone"}


def test_what_residents_do_not_see_is_not_shown(people, herself, monkeypatch):
    hidden = element("phone")
    monkeypatch.setattr(
        opening,
        "element",
        lambda code: hidden.__class__(**{**vars_of(element(code)), "resident_sees": code != "phone"}),
    )
    assert "phone" not in {one.element for one in queries.my_data(herself)}


def vars_of(one):
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


# Columns


def allow(*codes, holder="programme:x", purpose="elderly_service", until=None):
    allowances.allow(
        kind="programme", reference="x", holder=holder, elements=codes, purpose=purpose,
        from_at=clock.now() - timedelta(days=1), until=until,
    )  # fmt: skip


def test_columns_are_typed_and_hold_everybody_once(people, feeds, installer):
    (gone,) = feeds.add(["张伟"])
    actions.merge(keep=people[1], gone=gone, by=installer)
    allow("name", "phone", "birth_date", "disability_level", "lives_here")
    wanted = ["name", "phone", "birth_date", "disability_level", "lives_here", "area", "place", "dwelling"]
    table = columns.columns(purpose="elderly_service", elements=wanted, by=installer, holder="programme:x")
    assert table.schema.types == [
        pa.string(), pa.string(), pa.string(), pa.date32(), pa.int64(), pa.bool_(), pa.string(), pa.string(), pa.string(),
    ]  # fmt: skip
    assert table.column("person").to_pylist() == people
    first = table.slice(0, 1).to_pylist()[0]
    assert first["place"] == queries.place_of_person(people[0])
    assert (first["phone"], first["birth_date"], first["disability_level"], first["lives_here"], first["area"]) == (
        PHONE, date(1949, 12, 31), 2, True, WEST1,
    )  # fmt: skip
    assert table.column("area").to_pylist() == [WEST1, WEST2, EAST1, None]
    entry = Entry.objects.get(verb="registry.columns")
    assert entry.details == {"purpose": "elderly_service", "holder": "programme:x", "elements": wanted}


def test_columns_of_some_give_who_stands_for_them(people, feeds, installer):
    (gone,) = feeds.add(["张伟"])
    actions.merge(keep=people[1], gone=gone, by=installer)
    allow("name")
    given = {"purpose": "elderly_service", "elements": ["name"], "by": installer, "holder": "programme:x"}
    assert columns.columns(persons=[gone], **given).column("person").to_pylist() == [people[1]]
    assert columns.columns(persons=[], **given).num_rows == 0
    with pytest.raises(NotFound):
        columns.columns(persons=["x"], **given)


@pytest.mark.parametrize(
    "purpose, elements, holder",
    [
        ("elderly_service", ["name", "disability_level"], "programme:x"),
        ("base_register", ["name"], "programme:x"),
        ("elderly_service", ["name"], "programme:y"),
        ("elderly_service", ["name"], ""),
        ("linking", ["name", "disability_level"], ""),
    ],
)
def test_columns_that_nothing_allows_are_refused_by_name(people, installer, purpose, elements, holder):
    allow("name")
    with pytest.raises(Forbidden) as refused:
        columns.columns(purpose=purpose, elements=elements, by=installer, holder=holder)
    assert elements[-1] in refused.value.message
    assert not Entry.objects.filter(verb="registry.columns").exists()


def test_an_allowance_that_ended_allows_nothing(people, installer):
    allow("name", until=clock.now() + timedelta(days=1))
    given = {"purpose": "elderly_service", "elements": ["name"], "by": installer, "holder": "programme:x"}
    assert columns.columns(**given).num_rows == 4
    with clock.moved(clock.now() + timedelta(days=2)), pytest.raises(Forbidden):
        columns.columns(**given)


def test_linking_is_the_houses_own(people, worker):
    day = actors.system("data_day")
    table = columns.columns(purpose="linking", elements=["name", "id_number", "phone"], by=day)
    assert table.column("id_number").to_pylist()[0] == NUMBER
    with pytest.raises(Forbidden):
        columns.columns(purpose="linking", elements=["name"], by=worker)
    with pytest.raises(UnknownElement):
        columns.columns(purpose="linking", elements=["religion"], by=day)


def test_columns_come_in_small_batches(people, monkeypatch):
    monkeypatch.setattr(columns, "AT_ONCE", 3)
    day = actors.system("data_day")
    parts = list(columns.stream(purpose="linking", elements=["name"], by=day))
    assert [part.num_rows for part in parts] == [3, 1]
    some = list(columns.stream(purpose="linking", elements=["name"], by=day, persons=people))
    assert sum(part.num_rows for part in some) == 4
