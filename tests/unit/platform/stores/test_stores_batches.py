"""Batches: whole or not there, sealed under a key of their own, unreadable once that key is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wangge.platform.connectors.keys import BATCHES, KeyStoreError, key_store
from wangge.platform.stores import batches
from wangge.platform.stores.batches import (
    BatchDamaged,
    BatchErased,
    BatchMissing,
    compact,
    is_whole,
    iter_batch,
    open_batch,
    read_batch,
    rewrap,
    sweep,
    write_batch,
)
from wangge.platform.stores.records import BatchFile
from wangge.platform.stores.tombstones import erase

pytestmark = pytest.mark.django_db
SCHEMA = pa.schema([("record", pa.int64()), ("姓名", pa.string()), ("born", pa.date32())])


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    return tmp_path


def parts(rows, size=1000):
    for start in range(0, rows, size):
        stop = min(start + size, rows)
        columns = [range(start, stop), [f"居民{at}" for at in range(start, stop)], range(stop - start)]
        yield pa.record_batch(
            [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
        )


def files(home):
    """Every file under `batches`, unfinished ones too."""
    return sorted(path.name for path in (home / "batches").rglob("*") if path.is_file())


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(st.lists(st.integers(0, 40), max_size=8))
def test_what_is_written_is_read(sizes):
    stream = [next(iter(parts(size, 50)), pa.record_batch([[], [], []], schema=SCHEMA)) for size in sizes]
    expected = pa.Table.from_batches(stream, SCHEMA)
    file = write_batch("sample", SCHEMA, iter(stream))
    assert file.rows == sum(sizes)
    assert read_batch(file).equals(expected)
    assert pa.Table.from_batches(iter_batch(file, 7), SCHEMA).equals(expected)


def test_a_batch_of_many_row_groups_keeps_its_order(home):
    file = write_batch("feed", SCHEMA, parts(300_000, 7_777))
    table = read_batch(file, ["record"])
    assert table["record"].to_pylist() == list(range(300_000))
    pieces = list(iter_batch(file, 50_000, ["record"]))
    assert max(len(piece) for piece in pieces) <= 50_000
    assert pa.Table.from_batches(pieces)["record"].to_pylist() == list(range(300_000))


def test_small_parts_are_gathered_into_row_groups():
    groups = list(batches._groups(parts(300_000, 1_000)))
    assert [sum(map(len, group)) for group in groups] == [131_072, 131_072, 37_856]
    assert [len(part) for group in batches._groups(parts(262_144, 262_144)) for part in group] == [
        131_072
    ] * 2


def test_the_file_names_itself_and_is_the_owners_alone(home):
    file = write_batch("Health / 健康 feed!", SCHEMA, parts(10))
    assert file.name.startswith("health-feed-")
    assert write_batch("健康", SCHEMA, parts(10)).name.startswith("batch-")
    assert (home / "batches").stat().st_mode & 0o777 == 0o700
    assert (home / "batches" / file.name).stat().st_mode & 0o777 == 0o600
    assert len(file.name) <= 120


def test_nothing_in_the_file_is_in_clear(home):
    file = write_batch("feed", SCHEMA, parts(5_000))
    content = (home / "batches" / file.name).read_bytes()
    assert content[:4] == content[-4:] == b"PARE"
    for clear in ("record", "姓名", "居民4", "born"):
        assert clear.encode() not in content
    with pytest.raises(OSError, match="no decryption"):
        pq.ParquetFile(home / "batches" / file.name)


def test_every_file_has_a_key_of_its_own_that_stands_only_in_its_row(home):
    first, second = (write_batch("feed", SCHEMA, parts(10)) for _ in range(2))
    assert batches._file_key(first) != batches._file_key(second)
    for path in home.rglob("*"):
        if path.is_file():
            assert batches._file_key(first) not in path.read_bytes()
            assert first.wrapped_key not in path.read_bytes()
    assert "wrapped_key" not in repr(first)


def test_a_batch_whose_key_is_deleted_is_erased(home):
    file = write_batch("feed", SCHEMA, parts(10))
    with pytest.raises(BatchErased, match="gone for good"):
        read_batch(file.model_copy(update={"wrapped_key": b""}))
    other = write_batch("feed", SCHEMA, parts(10))
    with pytest.raises(BatchDamaged, match="wrapped key"):
        read_batch(file.model_copy(update={"wrapped_key": other.wrapped_key}))


def test_a_file_put_in_anothers_place_is_found(home):
    first, second = (write_batch("feed", SCHEMA, parts(10)) for _ in range(2))
    (home / "batches" / first.name).write_bytes((home / "batches" / second.name).read_bytes())
    with pytest.raises(BatchDamaged):
        read_batch(first)


def test_the_same_key_does_not_open_a_renamed_file(home):
    file = write_batch("feed", SCHEMA, parts(10))
    key = batches._file_key(file)
    renamed = "feed-renamed.parquet"
    (home / "batches" / file.name).rename(home / "batches" / renamed)
    from wangge.platform.connectors import envelopes

    wrapped = envelopes.seal(key_store().current(BATCHES), key, batches._context(renamed))
    with pytest.raises(BatchDamaged):
        read_batch(file.model_copy(update={"name": renamed, "wrapped_key": wrapped}))


def test_tampering_anywhere_is_found(home):
    file = write_batch("feed", SCHEMA, parts(20_000))
    path = home / "batches" / file.name
    whole = path.read_bytes()
    # Pages, footer, and the magic and length at the end; the very first four bytes say nothing.
    for at in [*range(4, len(whole), len(whole) // 40), len(whole) - 1, len(whole) - 6]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BatchDamaged):
            read_batch(file)
        assert not is_whole(file)
    path.write_bytes(whole)
    assert is_whole(file)
    assert read_batch(file).num_rows == 20_000


def test_tampering_is_found_while_looking_for_the_erased_and_while_compacting(home):
    file = write_batch("feed", SCHEMA, parts(20_000))
    path = home / "batches" / file.name
    whole = path.read_bytes()
    erase("record", [7], batch=file.name)
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    for act in (read_batch, compact, open_batch):
        with pytest.raises(BatchDamaged):
            act(file)
    assert files(home) == [file.name]


def test_without_its_master_key_no_file_is_written(home):
    key_store().current(BATCHES)
    (home / "keys" / "batches.json").chmod(0o644)
    with pytest.raises(KeyStoreError, match="chmod 600"):
        write_batch("feed", SCHEMA, parts(10))
    assert files(home) == []


def test_a_file_cut_short_or_replaced_by_plain_parquet_is_found(home):
    file = write_batch("feed", SCHEMA, parts(20_000))
    path = home / "batches" / file.name
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(BatchDamaged):
        read_batch(file)
    pq.write_table(pa.Table.from_batches(parts(20_000), SCHEMA), path)
    with pytest.raises(BatchDamaged):
        read_batch(file)


def test_a_missing_file_says_so(home):
    file = write_batch("feed", SCHEMA, parts(10))
    (home / "batches" / file.name).unlink()
    with pytest.raises(BatchMissing, match=file.name):
        read_batch(file)
    assert not is_whole(file)


def test_a_name_cannot_leave_the_folder():
    file = write_batch("feed", SCHEMA, parts(10))
    for name in ("../keys/fields.json", "aside/x.parquet", "/etc/passwd", ""):
        with pytest.raises(ValueError, match="not a batch's name"):
            read_batch(file.model_copy(update={"name": name}))


def test_a_stream_that_fails_leaves_nothing(home):
    def failing():
        yield from parts(200_000, 50_000)
        raise RuntimeError("the department's file ends here")

    with pytest.raises(RuntimeError, match="ends here"):
        write_batch("feed", SCHEMA, failing())
    other = pa.record_batch({"record": ["not a number"]})
    with pytest.raises(ValueError, match=r"[Ss]chema"):
        write_batch("feed", SCHEMA, [other])
    assert files(home) == []


SLOW_WRITER = """
import sys, time
import django
from django.conf import settings

settings.configure(
    WANGGE_HOME=sys.argv[1], INSTALLED_APPS=["wangge.platform.connectors", "wangge.platform.stores"]
)
django.setup()
import pyarrow as pa
from wangge.platform.stores.batches import write_batch

def slow():
    for at in range(3):
        yield pa.record_batch({"record": pa.array(range(at * 100_000, at * 100_000 + 100_000))})
    print("half-way", flush=True)
    time.sleep(60)

write_batch("feed", pa.schema([("record", pa.int64())]), slow())
"""


def test_a_writer_killed_half_way_leaves_nothing_that_reads_as_a_batch(home):
    with subprocess.Popen([sys.executable, "-c", SLOW_WRITER, home], stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"half-way\n"
        writer.kill()
    assert list((home / "batches").glob("*.parquet")) == []
    (left,) = (home / "batches" / "aside").iterdir()
    assert left.stat().st_size > 0
    assert sweep(set()) == []
    old = time.time() - 90_000
    os.utime(left, (old, old))
    assert sweep(set()) == [left.name]
    assert files(home) == []


def test_sweeping_removes_what_no_row_names_after_a_grace(home):
    named, orphan, young = (write_batch("feed", SCHEMA, parts(10)) for _ in range(3))
    old = time.time() - 90_000
    for file in (named, orphan):
        os.utime(home / "batches" / file.name, (old, old))
    assert sweep({named.name}) == [orphan.name]
    assert files(home) == sorted([named.name, young.name])


def test_a_rotated_master_key_still_opens_old_batches_until_retired():
    old = write_batch("feed", SCHEMA, parts(10))
    key_store().rotate(BATCHES)
    new = write_batch("feed", SCHEMA, parts(10))
    assert (old.key_version, new.key_version) == (1, 2)
    assert read_batch(old).equals(read_batch(new))
    wrapped = rewrap(old)
    assert (wrapped.key_version, wrapped.name, wrapped.sha256) == (2, old.name, old.sha256)
    key_store().retire(BATCHES, 1)
    assert read_batch(wrapped).equals(read_batch(new))
    with pytest.raises(KeyStoreError, match="retired"):
        read_batch(old)


def test_a_compacted_batch_takes_its_name_from_the_old_one():
    file = write_batch("health-feed", SCHEMA, parts(10))
    again = compact(file)
    assert again.name != file.name
    assert again.name.startswith("health-feed-0")
    assert read_batch(again).equals(read_batch(file))


def test_a_batch_file_goes_through_json():
    file = write_batch("feed", SCHEMA, parts(10))
    assert BatchFile.model_validate_json(file.model_dump_json()) == file


def test_a_batch_is_scanned_lazily():
    file = write_batch("feed", SCHEMA, parts(300_000, 50_000))
    dataset = open_batch(file)
    assert dataset.count_rows(filter=pc.field("record") >= 299_990) == 10
    chunks = dataset.to_batches(columns=["record"])
    assert sum(pc.sum(chunk["record"]).as_py() or 0 for chunk in chunks) == sum(range(300_000))


def test_reading_from_many_threads_at_once_is_sound():
    from concurrent.futures import ThreadPoolExecutor

    file = write_batch("feed", SCHEMA, parts(300_000, 50_000))
    dataset = open_batch(file)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: dataset.to_table(columns=["record"]).num_rows, range(12)))
    assert found == [300_000] * 12
