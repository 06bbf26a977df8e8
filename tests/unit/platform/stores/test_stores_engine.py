"""The engine: DuckDB in process, kept away from files and the network, spilling sealed or not at all."""

from __future__ import annotations

import contextlib
import threading

import duckdb
import pyarrow as pa
import pytest
from django.core.exceptions import ImproperlyConfigured

from wangge.platform.stores import engine
from wangge.platform.stores.engine import DuckDbEngine


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    return tmp_path


def rows(count):
    return pa.table({"at": range(count), "name": [f"SECRETNAME{at % count}" for at in range(count)]})


def sort_into_a_table(backend):
    backend.raw_sql("create table sorted as select name, name || 'x' as more from people order by name")


def test_an_expression_runs_on_arrow_data():
    backend = engine.connect()
    people = engine.register(backend, "people", rows(1000))
    assert people.filter(people.at < 10).count().execute() == 10


def test_settings_are_obeyed(settings):
    settings.WANGGE_ENGINE_MEMORY = "300MiB"
    settings.WANGGE_ENGINE_THREADS = "1"
    backend = engine.connect()
    found = backend.raw_sql("select current_setting('memory_limit'), current_setting('threads')").fetchone()
    assert found == ("300.0 MiB", 1)


def test_an_unknown_engine_is_refused_with_what_there_is(settings):
    settings.WANGGE_ENGINE = "spark"
    with pytest.raises(ImproperlyConfigured, match=r"spark.*duckdb"):
        engine.connect()


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to '{home}/out.csv'",
        "attach '{home}/out.duckdb'",
        "select * from read_csv('/etc/passwd')",
        "select * from 'https://example.org/x.parquet'",
        "install spatial",
        "set enable_external_access = true",
        "select * from in_python",
    ],
)
def test_nothing_leaves_or_enters_but_by_registering(home, statement):
    in_python = rows(3)
    assert len(in_python) == 3
    with pytest.raises(duckdb.Error):
        engine.connect().raw_sql(statement.format(home=home)).fetchall()
    assert not list(home.glob("out*"))


def test_too_little_memory_is_an_error_and_not_a_file_in_clear(home, monkeypatch):
    monkeypatch.setattr(engine, "_httpfs", lambda: None)
    backend = DuckDbEngine(home / "tmp", memory="40MiB", threads=1).connect()
    engine.register(backend, "people", rows(1_000_000))
    with pytest.raises(duckdb.OutOfMemoryException):
        sort_into_a_table(backend)
    assert not (home / "tmp").exists()


def longest_file(folder):
    found = b""
    for path in folder.glob("*"):
        with contextlib.suppress(FileNotFoundError):  # DuckDB removes them as it goes
            found = max(found, path.read_bytes(), key=len)
    return found


def test_what_is_spilled_is_sealed(home):
    if engine._httpfs() is None:
        pytest.skip("duckdb-extension-httpfs is not installed, so nothing is ever spilled")
    backend = DuckDbEngine(home / "tmp", memory="40MiB", threads=1).connect()
    engine.register(backend, "people", rows(1_000_000))
    worker = threading.Thread(target=sort_into_a_table, args=(backend,))
    worker.start()
    seen = b""
    while worker.is_alive():
        seen = max(seen, longest_file(home / "tmp"), key=len)
    worker.join()
    assert len(seen) > 100_000
    assert b"SECRETNAME" not in seen
