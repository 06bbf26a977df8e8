"""Departments' rows become facts: sources named, conflicts returned, nothing twice, nothing half."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.ground.registry import actions, models, queries, tokens, values
from wangge.ground.registry.linking import batch_and_row, reference
from wangge.ground.registry.models import ELEMENT_COLUMNS, Dissent, Link, Person
from wangge.ground.registry.rows import Row
from wangge.ground.registry.sources import SourcesField, read, written
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.connectors.keys import INDEX, key_store
from wangge.platform.elements.registry import UnknownElement, elements, of_holder

# Columns and registered elements


def test_a_person_has_a_column_for_every_registered_element_and_no_other():
    columns = {f.name for f in Person._meta.concrete_fields}
    indexes = set(models.INDEX_COLUMNS.values())
    assert columns - models.STRUCTURE - indexes == {one.code for one in of_holder("person")}
    assert set(ELEMENT_COLUMNS) <= set(elements())


def test_columns_have_the_kind_of_their_element():
    kinds = {"whole": "IntegerField", "date": "DateField", "yes_no": "BooleanField", "choice": "CharField"}
    for one in of_holder("person"):
        expected = "SealedTextField" if one.code in values.SEALED else kinds.get(one.kind, "TextField")
        assert type(Person._meta.get_field(one.code)).__name__ == expected


def test_there_is_no_json_on_a_person():
    assert not [f for f in Person._meta.concrete_fields if f.get_internal_type() == "JSONField"]
    field = SourcesField()
    assert field.get_prep_value('[["police",1,1,1,"name"]]')
    for bag in ('[["police",1,1,1,"religion"]]', '{"note": "…"}', '["note"]', "[[1]]"):
        with pytest.raises(ValueError):
            field.get_prep_value(bag)


def test_what_is_not_registered_is_not_folded(feeds):
    (person,) = feeds.add()
    with pytest.raises(UnknownElement):
        feeds.say(person, "civil", ethnicity="汉")
    assert Link.objects.filter(batch__department="civil").count() == 0


# Folding


def test_facts_have_a_source_and_a_date(feeds, held):
    (person,) = feeds.add(["王秀兰"], id_number=["110105194912310021"], birth_date=[date(1949, 12, 31)])
    feeds.say(person, "health", checkup_date=date(2026, 2, 3), phone="13812345521")
    assert held(person, "name", "birth_date", "phone") == ("王秀兰", date(1949, 12, 31), "13812345521")
    link = Link.objects.get(batch__department="health")
    said = read(Person.objects.get(uid=person).sources)
    assert [(s.voice, s.ref) for s in said["phone"]] == [("health", reference(link.batch_id, link.row))]
    assert said.keys() == {"name", "id_number", "birth_date", "checkup_date", "phone"}


def test_identity_and_telephone_numbers_are_not_in_the_database_in_clear(feeds):
    (person,) = feeds.add(["王秀兰"], id_number=["110105194912310021"], phone=["13812345521"])
    feeds.say(person, "health", phone="13900001111")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_person")
        everything = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM registry_dissent")
        everything += repr(cursor.fetchall())
    assert [n for n in ("110105194912310021", "13812345521", "13900001111") if n in everything] == []


def test_a_chunk_folded_again_changes_nothing_and_answers_the_same(feeds):
    people = feeds.add(["王秀兰", "张伟"])
    first = feeds.say(people, "health", batch="h", phone=["13812345521", "13812345522"])
    before = list(Person.objects.order_by("pk").values("sources", "version", "changed_seq", "phone_index"))
    again = feeds.say(people, "health", batch="h", phone=["13812345521", "13812345522"])
    assert sorted(first.changed) == sorted(people)
    assert again.changed == []
    assert again.conflicts == first.conflicts == []
    assert before == list(
        Person.objects.order_by("pk").values("sources", "version", "changed_seq", "phone_index")
    )
    assert Link.objects.filter(batch__batch="h").count() == 2


def test_a_conflict_names_both_rows_and_both_values(feeds):
    (person,) = feeds.add()
    feeds.say(person, "health", on="2026-03-01", batch="h", phone="13812345521")
    done = feeds.say(person, "civil", on="2026-04-01", batch="c", phone="13900001111")
    (found,) = done.conflicts
    assert (found.kind, found.element, found.person) == ("confirm", "phone", person)
    assert (found.held, found.held_source.department, found.held_source.batch) == (
        "13900001111",
        "civil",
        "c",
    )
    assert (found.offered, found.offered_source.feed, found.offered_source.row) == (
        "13812345521",
        "health",
        2,
    )
    assert "13900001111" not in repr(found)
    assert feeds.say(person, "civil", on="2026-04-01", batch="c", phone="13900001111").conflicts == [found]
    (still,) = queries.open_disputes(feeds.by, persons=[person])
    assert (still.kind, still.element, still.offered_source) == ("confirm", "phone", found.offered_source)


def test_the_authority_stands_and_the_other_gets_a_correction(feeds, held):
    (person,) = feeds.add(["王秀兰"])
    (found,) = feeds.say(person, "civil", name="王秀蓝").conflicts
    assert (found.kind, found.held, found.offered_source.department) == ("correct", "王秀兰", "civil")
    assert held(person, "name") == "王秀兰"
    assert Dissent.objects.get().value == "王秀蓝"


def test_a_conflict_that_ends_leaves_no_dissent(feeds):
    (person,) = feeds.add(["王秀兰"])
    feeds.say(person, "civil", on="2026-03-01", name="王秀蓝")
    assert feeds.say(person, "civil", on="2026-04-01", name="王秀兰").conflicts == []
    assert not Dissent.objects.exists()
    assert queries.open_disputes(feeds.by, persons=[person]) == []


def test_a_bad_value_names_its_row_and_leaves_nothing(feeds, held):
    people = feeds.add(["王秀兰", "张伟"])
    with pytest.raises(Invalid) as refused:
        feeds.say(people, "civil", batch="bad", sex=["2", "female"])
    assert "bad 3 sex" in refused.value.problems[0]["where"]
    assert not Link.objects.filter(batch__batch="bad").exists()
    assert held(people[0], "sex") is None


def test_a_row_can_not_mean_two_people(feeds):
    one, other = feeds.add(["王秀兰", "张伟"])
    feeds.say(one, "civil", batch="c", tenure="owner")
    with pytest.raises(Conflict):
        feeds.say(other, "civil", batch="c", tenure="owner")


def test_only_who_manages_the_registry_folds(feeds, user_with):
    (person,) = feeds.add()
    _, worker = user_with("w", ("grid_worker", "420502001001001"))
    with pytest.raises(Forbidden):
        actions.fold_rows(
            feed="f", department="civil", batch="b", rows=pa.table({"person": [person], "row": [2]}),
            observed_at=datetime(2026, 1, 1, tzinfo=UTC), by=worker,
        )  # fmt: skip


def test_persons_are_added_once(feeds, installer):
    rows = pa.table({"row": [2, 3], "name": ["王秀兰", "张伟"]})
    given_ = {"feed": "f", "department": "police", "batch": "b", "rows": rows, "by": installer}
    first = actions.add_persons(observed_at=datetime(2026, 1, 1, tzinfo=UTC), **given_)
    again = actions.add_persons(observed_at=datetime(2026, 1, 1, tzinfo=UTC), **given_)
    assert first == again
    assert Person.objects.count() == 2


def test_an_unknown_person_is_refused(feeds):
    for uid in ("0198f2c0-0000-7000-8000-000000000000", "nobody"):
        with pytest.raises(NotFound):
            feeds.say(uid, "civil", tenure="owner")


def test_changes_are_read_on_from_a_place(feeds):
    one, two, three = feeds.add(["王秀兰", "张伟", "李娜"])
    place, found = queries.changed_since(0, 2)
    assert found == [one, two]
    place, found = queries.changed_since(place, 10)
    assert found == [three]
    feeds.say(two, "civil", tenure="owner")
    feeds.say(three, "police", name="李娜", on="2026-02-01")
    place, found = queries.changed_since(place, 10)
    assert found == [two]
    assert queries.changed_since(place, 10) == (place, [])


def test_the_trail_tells_the_chunk_and_no_value(feeds):
    (person,) = feeds.add()
    feeds.say(person, "health", batch="h", phone="13812345521")
    entry = Entry.objects.get(verb="registry.fold", object_id="h")
    assert entry.details == {
        "feed": "health", "rows": 1, "elements": ["phone"], "changed": 1, "conflicts": 0,
    }  # fmt: skip


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["health", "civil", "housing"]),
            st.sampled_from(["13800000001", "13800000002"]),
            st.integers(1, 28),
        ),
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_deliveries_does_not_matter_in_the_database(feeds, held, ones, chance):
    said_at = {(d, day): (d, phone, day) for d, phone, day in ones}
    ones = list(said_at.values())
    here, there = feeds.add(["甲", "乙"])
    for person, order in ((here, ones), (there, chance.sample(ones, len(ones)))):
        for department, phone, day in order:
            feeds.say(person, department, on=f"2026-03-{day:02d}", phone=phone)
    assert held(here, "phone") == held(there, "phone")
    dissents = [
        sorted((d.voice, d.value) for d in Dissent.objects.filter(person__uid=uid)) for uid in (here, there)
    ]
    assert dissents[0] == dissents[1]


# Values


@pytest.mark.parametrize("one", of_holder("person"), ids=lambda one: one.code)
def test_every_value_goes_through_text_and_back(one):
    sample = {
        "date": date(2026, 7, 31), "whole": 7, "yes_no": True, "timestamp": datetime(2026, 7, 31, 9, tzinfo=UTC),
    }.get(one.kind, one.choices[0][0] if one.choices else "ａｂ c ")  # fmt: skip
    value = values.canonical(one.code, sample)
    assert values.of_text(one.code, values.to_text(value)) == value
    assert values.of_text(one.code, " ") is None
    with pytest.raises(Invalid):
        values.canonical(one.code, object())


@pytest.mark.parametrize(
    "code, text",
    [("birth_date", "31/7/2026"), ("insured_year", "x"), ("lives_alone", "perhaps"), ("sex", "3")],
)
def test_what_is_no_value_is_refused(code, text):
    with pytest.raises(Invalid):
        values.of_text(code, text)


def test_tokens_tell_values_apart_and_outlive_a_new_key():
    token = tokens.tokens_of("phone")
    old = token("13812345521", ())
    assert token("13812345522", ()) != old
    assert "13812345521" not in old
    key_store().rotate(INDEX)
    assert token("13812345521", {old}) == old
    assert token("13812345521", ()) != old


def test_an_address_written_otherwise_is_the_same_address(feeds, held):
    (person,) = feeds.add()
    short, whole, other = (
        "学院街18号2单元501",
        "湖北省宜昌市西陵区学院街道学院街18号2单元5楼501室",
        "学院街18号2单元502",
    )
    assert feeds.say(person, "health", living_address=short).conflicts == []
    assert feeds.say(person, "civil", on="2026-04-01", living_address=whole).conflicts == []
    assert held(person, "living_address") == whole
    assert feeds.say(person, "housing", on="2026-05-01", living_address=short).conflicts == []
    assert held(person, "living_address") == whole
    (found,) = feeds.say(person, "education", on="2026-06-01", living_address=other).conflicts
    assert (found.kind, found.held, found.offered) == ("confirm", other, whole)


def test_sources_read_back():
    said = read('[["health",3,10,20,"name","phone=v1:0a"],["police",1,5,5,"name"]]')
    assert read(written(said)) == {k: tuple(sorted(v)) for k, v in said.items()}
    assert {(s.voice, s.token) for s in said["phone"]} == {("health", "v1:0a")}


def test_references_keep_batch_and_row():
    for batch, row in ((1, 0), (1, 2), (2**26, 2**26 - 1)):
        assert batch_and_row(reference(batch, row)) == (batch, row)
    assert reference(2**26, 2**26 - 1) < 2**53


VALUES = {"name": ["王秀兰", "王秀蓝"], "phone": ["13800000001", "13800000002"], "disability_level": [1, 2]}
SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(["police", "health", "name"]),
        st.integers(1, 6),
        st.dictionaries(
            st.sampled_from(sorted(VALUES)), st.integers(0, 4).map(lambda n: int(n == 4)), min_size=1
        ),
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAYINGS)
def test_the_plain_way_folds_as_the_fold_does(sayings):
    """Most rows contradict nothing and are folded on the text of the column; nobody may be able to tell."""
    plain, whole = (Row(1, "u", 0, "[]", dict.fromkeys(VALUES)) for _ in range(2))
    for ref, (voice, at, said) in enumerate(sayings, 1):
        values_ = {code: VALUES[code][n] for code, n in said.items()}
        raised = plain.hear(voice, at, ref, values_)
        _ = whole.said
        whole._text = None
        assert raised == [r._replace(row=plain) for r in whole.hear(voice, at, ref, values_)]
        assert plain.values == whole.values
        assert plain.changed == whole.changed
        assert {c: set(s) for c, s in read(plain.text).items()} == {c: set(s) for c, s in whole.said.items()}
