"""Erasure: what is buried is in no read, whatever is asked for, and compaction makes it physical."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wangge.platform.connectors.keys import INDEX, KeyStoreError, key_store
from wangge.platform.stores import tombstones
from wangge.platform.stores.batches import compact, iter_batch, open_batch, read_batch, write_batch
from wangge.platform.stores.models import Tombstone
from wangge.platform.stores.tombstones import erase

pytestmark = pytest.mark.django_db
SCHEMA = pa.schema([("record", pa.int64()), ("person", pa.string()), ("note", pa.string())])


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


def written(people):
    rows = {"record": range(len(people)), "person": people, "note": [f"note {p}" for p in people]}
    return write_batch("feed", SCHEMA, [pa.record_batch(rows, schema=SCHEMA)])


def people(table):
    return table["person"].to_pylist()


def test_every_read_leaves_out_what_is_erased():
    file = written(["a", "b", "a", "c", None])
    assert erase("person", ["a", "z"]) == 2
    assert people(read_batch(file)) == ["b", "c", None]
    assert read_batch(file, ["note"])["note"].to_pylist() == ["note b", "note c", "note None"]
    assert [row for part in iter_batch(file, 1) for row in part["person"].to_pylist()] == ["b", "c", None]
    assert open_batch(file).count_rows() == 3


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(st.lists(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_exactly_the_erased_are_left_out(everyone, erased):
    Tombstone.objects.all().delete()
    file = written(everyone)
    erase("person", erased)
    expected = [person for person in everyone if person not in erased]
    assert people(read_batch(file)) == expected
    assert people(read_batch(compact(file))) == expected


def test_compaction_removes_them_for_good():
    file = written(["a", "b", "c"])
    erase("person", ["b"])
    smaller = compact(file)
    Tombstone.objects.all().delete()
    assert people(read_batch(smaller)) == ["a", "c"]
    assert smaller.rows == 2


def test_numbers_are_erased_in_one_batch_only():
    first, second = written(["a", "b"]), written(["c", "d"])
    assert erase("record", [0], batch=first.name) == 1
    assert people(read_batch(first)) == ["b"]
    assert people(read_batch(second)) == ["c", "d"]
    smaller = compact(first)
    assert tombstones.forget(first.name) == 1
    assert people(read_batch(smaller)) == ["b"]
    assert tombstones.forget("") == 0


def test_several_columns_may_name_the_erased():
    file = written(["a", "b", "c"])
    erase("person", ["a"])
    erase("record", [2], batch=file.name)
    erase("not in this batch", ["x"])
    assert people(read_batch(file)) == ["b"]


def test_values_are_compared_exactly():
    file = written(["1-23", "12-3", "123", "", "Ａ", "A", "a"])
    erase("person", ["12-3", "", "A"])
    assert people(read_batch(file)) == ["1-23", "123", "Ａ", "a"]


def test_a_reader_can_insist_on_erasure():
    file = written(["a"])
    assert people(read_batch(file, subject="person")) == ["a"]
    with pytest.raises(KeyError, match="could not be erased"):
        read_batch(file, subject="resident")
    with pytest.raises(KeyError, match="could not be erased"):
        list(iter_batch(file, subject="resident"))


def test_erasing_twice_is_erasing_once_even_across_a_rotation():
    file = written(["a", "b"])
    assert erase("person", ["a"]) == 1
    key_store().rotate(INDEX)
    assert erase("person", ["a"]) == 0
    assert erase("person", ["a", "b"]) == 1
    assert {row.subject[:3] for row in Tombstone.objects.all()} == {"v1:", "v2:"}
    assert people(read_batch(file)) == []


def test_nothing_is_read_when_nobody_can_tell_what_is_erased():
    file = written(["a", "b"])
    erase("person", ["a"])
    key_store().rotate(INDEX)
    key_store().retire(INDEX, 1)
    with pytest.raises(KeyStoreError, match="retired"):
        read_batch(file)


def test_a_tombstone_does_not_say_who_was_erased():
    erase("person", ["11010519491231002X"])
    row = Tombstone.objects.get()
    assert "1949" not in row.subject
    assert "1949" not in str(row)
    assert erase("record", ["11010519491231002X"]) == 1
    assert len({row.subject for row in Tombstone.objects.all()}) == 2


def test_dictionary_columns_and_integers_of_any_width_can_be_erased_by():
    kind = pa.dictionary(pa.int32(), pa.string())
    schema = pa.schema([("person", kind), ("record", pa.uint16())])
    part = pa.record_batch(
        [pa.array(["a", "b", "a", "c"], pa.string()).cast(kind), pa.array(range(4), pa.uint16())],
        schema=schema,
    )
    file = write_batch("feed", schema, [part])
    erase("person", ["a"])
    erase("record", [3])
    assert read_batch(file).to_pydict() == {"person": ["b"], "record": [1]}


def test_a_column_without_one_spelling_is_refused():
    schema = pa.schema([("share", pa.float64())])
    file = write_batch("feed", schema, [pa.record_batch({"share": [1.0]})])
    erase("share", ["1.0"])
    with pytest.raises(TypeError, match="not text or integers"):
        read_batch(file)


def test_the_blind_index_decides_where_the_quick_hash_meets_another():
    file = written(["a", "b"])
    erase("person", ["b", "z"])
    meets = Tombstone.objects.get(quick=tombstones._quick("person", ["b"], key_store().current(INDEX))[0])
    Tombstone.objects.exclude(pk=meets.pk).update(
        quick=tombstones._quick("person", ["a"], key_store().current(INDEX))[0]
    )
    assert people(read_batch(file)) == ["a"]
