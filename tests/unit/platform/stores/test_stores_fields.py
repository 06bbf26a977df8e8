"""Sealed fields: ciphertext in the table, text in Python, found by an index that every save keeps in step."""

from __future__ import annotations

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter
from django.db.models.functions import Length
from django.test.utils import isolate_apps

from wangge.platform.connectors.keys import INDEX, key_store
from wangge.platform.stores import sealing
from wangge.platform.stores.fields import BlindIndexField, SealedTextField
from wangge.platform.stores.sealing import DoesNotOpen, blind_indexes

NUMBER = "11010519491231002X"
CONTEXT = "stores_sample.id_number"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


@pytest.fixture
def sample(transactional_db):
    with isolate_apps("wangge.platform.stores"):

        class Sample(models.Model):
            id_number = SealedTextField(context=CONTEXT, null=True, blank=True)
            id_number_index = BlindIndexField(of="id_number", null=True)
            phone = SealedTextField(context="stores_sample.phone", max_length=20)
            note = models.CharField(max_length=20)

            class Meta:
                app_label = "stores"

    with connection.schema_editor() as editor:
        editor.create_model(Sample)
    yield Sample
    with connection.schema_editor() as editor:
        editor.delete_model(Sample)


def stored(model, column="id_number"):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {model._meta.db_table} order by id")
        return [None if row[0] is None else row[0] for row in cursor.fetchall()]


def test_python_sees_text_and_the_table_does_not(sample):
    sample.objects.create(id_number=NUMBER, phone="13800138000")
    row = sample.objects.get()
    assert (row.id_number, row.phone) == (NUMBER, "13800138000")
    (below,) = stored(sample)
    assert NUMBER.encode() not in bytes(below)
    assert sealing.unseal(bytes(below), CONTEXT) == NUMBER


def test_a_row_is_found_by_its_index_whatever_the_spelling(sample):
    row = sample.objects.create(id_number=NUMBER)
    sample.objects.create(id_number="91350100M000100Y43")
    assert sample.objects.get(id_number_index__in=blind_indexes(" 11010519491231002x", CONTEXT)) == row


def test_rows_of_both_versions_are_found_while_a_key_rotates(sample):
    sample.objects.create(id_number=NUMBER)
    key_store().rotate(INDEX)
    sample.objects.create(id_number=NUMBER)
    assert sample.objects.filter(id_number_index__in=blind_indexes(NUMBER, CONTEXT)).count() == 2
    assert {index[:3] for index in stored(sample, "id_number_index")} == {"v1:", "v2:"}


def test_every_way_to_save_keeps_text_and_index_in_step(sample):
    sample.objects.bulk_create([sample(id_number=NUMBER), sample(id_number=None), sample(id_number="")])
    first, none, empty = sample.objects.order_by("id")
    assert first.id_number_index == sealing.blind_index(NUMBER, CONTEXT)
    assert (none.id_number, none.id_number_index) == (None, None)
    assert (empty.id_number, empty.id_number_index) == ("", None)
    first.id_number = "110105194912310038"
    first.save(update_fields=["id_number", "id_number_index"])
    first.refresh_from_db()
    assert first.id_number_index == sealing.blind_index("110105194912310038", CONTEXT)
    first.id_number = None
    first.save()
    assert stored(sample, "id_number_index") == [None, None, None]


def test_half_a_save_is_refused(sample):
    row = sample.objects.create(id_number=NUMBER)
    row.id_number = "other"
    with pytest.raises(FieldError, match="name both"):
        row.save(update_fields=["id_number"])
    row.save(update_fields=["note"])
    assert sample.objects.get().id_number == NUMBER


def test_a_sealed_column_goes_in_as_it_is(sample):
    (sealed,) = sealing.seal_column([NUMBER], CONTEXT)
    (index,) = sealing.blind_index_column([NUMBER], CONTEXT)
    sample.objects.bulk_create([sample(id_number=sealed, id_number_index=index)])
    assert bytes(stored(sample)[0]) == sealed
    row = sample.objects.get()
    assert (row.id_number, row.id_number_index) == (NUMBER, index)


def test_bytes_in_clear_never_reach_the_column(sample):
    for clear in (NUMBER.encode(), sealing.seal(NUMBER, "another.column")):
        with pytest.raises(DoesNotOpen):
            sample.objects.create(id_number=clear)
    assert stored(sample) == []


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__startswith", "__gt"])
def test_a_sealed_column_is_never_compared(sample, lookup):
    value = [NUMBER] if lookup == "__in" else NUMBER
    with pytest.raises(FieldError, match="blind_indexes"):
        sample.objects.filter(**{f"id_number{lookup}": value})


def test_missing_values_can_be_asked_for(sample):
    sample.objects.create(id_number=None)
    sample.objects.create(id_number=NUMBER)
    assert sample.objects.filter(id_number__isnull=True).count() == 1


def test_values_and_updates_seal_and_open_too(sample):
    sample.objects.create(id_number=NUMBER)
    index = sealing.blind_index("NEW", CONTEXT)
    sample.objects.update(id_number="new", id_number_index=index)
    assert list(sample.objects.values_list("id_number", "id_number_index")) == [("new", index)]
    row = sample.objects.get()
    row.phone = "1"
    sample.objects.bulk_update([row], ["phone"])
    assert sample.objects.get().phone == "1"
    assert sample.objects.annotate(size=Length("id_number")).get().size == len(b"new") + 31


def test_a_dump_holds_no_text_in_clear_and_can_be_loaded(sample):
    sample.objects.create(id_number=NUMBER, phone="13800138000")
    dump = serializers.serialize("json", sample.objects.all())
    assert NUMBER not in dump
    assert "13800138000" not in dump
    field = sample._meta.get_field("id_number")
    assert field.to_python(field.value_to_string(sample.objects.get())) == NUMBER
    with pytest.raises(ValidationError, match="does not open"):
        field.to_python("sealed:AAAA")


def test_forms_validate_the_text(sample):
    sample(id_number=NUMBER, phone="1").full_clean(exclude={"note"})
    with pytest.raises(ValidationError):
        sample(phone="").full_clean(exclude={"note"})
    with pytest.raises(ValidationError):
        sample(phone="1" * 21).full_clean(exclude={"note"})


def test_the_repr_of_values_hides_them(sample):
    sample.objects.create(id_number=NUMBER)
    assert NUMBER not in repr(list(sample.objects.values()))
    assert NUMBER not in repr(sample.objects.get().__dict__)


def test_migrations_rebuild_the_fields(sample):
    for name in ("id_number", "id_number_index", "phone"):
        field = sample._meta.get_field(name)
        _, path, args, kwargs = field.deconstruct()
        again = type(field)(*args, **kwargs)
        assert path == f"wangge.platform.stores.fields.{type(field).__name__}"
        assert again.deconstruct()[1:] == field.deconstruct()[1:]
        assert MigrationWriter.serialize(field)[0].startswith("wangge.platform.stores.fields.")
    assert sample._meta.get_field("id_number").deconstruct()[3]["context"] == CONTEXT


def test_a_migration_can_read_and_write_the_table(sample):
    sample.objects.create(id_number=NUMBER)
    from django.db.migrations.state import ProjectState

    state = ProjectState()
    state.add_model(ModelState.from_model(sample))
    old = state.apps.get_model("stores", "Sample")
    row = old.objects.get()
    assert row.id_number == NUMBER
    row.id_number = "110105194912310038"
    row.save()
    assert sample.objects.get().id_number_index == sealing.blind_index("110105194912310038", CONTEXT)


def test_postgresql_hands_out_memoryviews(sample):
    field = sample._meta.get_field("id_number")
    assert field.from_db_value(memoryview(sealing.seal(NUMBER, CONTEXT)), None, None) == NUMBER


def test_an_index_may_have_a_context_of_its_own():
    with isolate_apps("wangge.platform.stores"):

        class Shared(models.Model):
            phone = SealedTextField(context="stores_shared.phone")
            phone_index = BlindIndexField(of="phone", context="phone", null=True)
            plain = models.CharField(max_length=9)
            plain_index = BlindIndexField(of="plain", null=True)

            class Meta:
                app_label = "stores"

    row = Shared(phone="138")
    assert Shared._meta.get_field("phone_index").pre_save(row, True) == sealing.blind_index("138", "phone")
    assert Shared._meta.get_field("phone_index").deconstruct()[3]["context"] == "phone"
    with pytest.raises(FieldError, match="give it a context"):
        Shared._meta.get_field("plain_index").pre_save(row, True)


def test_a_sealed_field_needs_its_context():
    with pytest.raises(ValueError, match="needs a context"):
        SealedTextField(context="")
