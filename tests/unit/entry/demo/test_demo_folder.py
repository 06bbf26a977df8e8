"""The folder of a demo: locked while it is built, cleared when a build broke off, left alone when it isn't a demo's."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap

import pytest

from tests import databases
from wangge.entry.demo import command, folder
from wangge.entry.demo.folder import (
    BUILDING,
    FINISHED,
    Finished,
    NotOurs,
    building,
    finish,
    finished,
    truth_of,
)
from wangge.platform.stores import database, postgresql

ABOUT = Finished(seed=1, size="hamlet", opens="2026-06-30T10:05:00+08:00", seconds=24.0)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "demo"


def standing_at(home, monkeypatch):
    """The command changes the environment of its process; the test's is as it was afterwards."""
    for name, value in (("WANGGE_HOME", str(home)), ("WANGGE_DEMO", "1"), ("WANGGE_DATABASE_URL", "")):
        monkeypatch.setenv(name, value)


def test_a_finished_demo_is_used_as_it_stands(home, monkeypatch):
    with building(home):
        (home / "wangge.sqlite3").write_text("rows")
        finish(home, ABOUT)
    assert finished(home) == ABOUT
    assert (home / "wangge.sqlite3").read_text() == "rows"
    assert not (home / BUILDING).exists()

    def never(*_):
        raise AssertionError("built again")

    monkeypatch.setattr(command, "_build", never)
    monkeypatch.setattr(command, "_check", lambda where: 0 if where == home.resolve() else 1)
    standing_at(home, monkeypatch)
    assert command.main(["--folder", str(home), "--check"]) == 0


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), RuntimeError("database or disk is full")]
)
def test_a_full_disk_is_told_in_a_sentence(home, monkeypatch, capsys, error):
    def build(*_):
        try:
            raise error
        except Exception as noticed:
            raise RuntimeError("a stage failed") from noticed

    monkeypatch.setattr(command, "_build", build)
    standing_at(home, monkeypatch)
    assert command.main(["--folder", str(home)]) == 1
    assert "full" in capsys.readouterr().err


def test_any_other_error_is_raised(home, monkeypatch):
    monkeypatch.setattr(command, "_build", lambda *_: 1 / 0)
    standing_at(home, monkeypatch)
    with pytest.raises(ZeroDivisionError):
        command.main(["--folder", str(home)])


def test_what_an_installation_holds_is_its_owner_s(home):
    """In a process of its own: the settings make the database when they are loaded."""
    with building(home):
        made = "import os; os.umask(0o022); import django; django.setup()"
        subprocess.run([sys.executable, "-c", made], env=databases.environment(home), check=True)
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "wangge.sqlite3").stat().st_mode & 0o777 == 0o600


def test_what_a_build_that_broke_off_left_is_taken_away(home):
    with pytest.raises(ZeroDivisionError), building(home):
        (home / "town").mkdir()
        (home / "town" / "half.parquet").write_text("half")
        truth_of(home).mkdir()
        (truth_of(home) / "people.parquet").write_text("half")
        raise ZeroDivisionError
    assert (home / BUILDING).exists()
    assert finished(home) is None
    with building(home):
        assert [one.name for one in home.iterdir()] == [BUILDING]
        assert not truth_of(home).exists()
        finish(home, ABOUT)
    assert finished(home) == ABOUT


def test_a_folder_of_something_else_is_left_alone(home):
    home.mkdir()
    (home / "thesis.txt").write_text("years of work")
    with pytest.raises(NotOurs, match="holds something that is no demo"):
        finished(home)
    assert (home / "thesis.txt").read_text() == "years of work"
    assert command.main(["--folder", str(home), "--check"]) == 2
    assert [one.name for one in home.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(home):
    home.write_text("a file")
    with pytest.raises(NotOurs, match="is a file"):
        finished(home)


def test_a_truth_folder_that_holds_anything_else_is_left_alone(home):
    truth_of(home).mkdir(parents=True)
    (truth_of(home) / "letters.txt").write_text("mine")
    with pytest.raises(NotOurs, match=r"letters\.txt"), building(home):
        pass
    assert (truth_of(home) / "letters.txt").read_text() == "mine"


def test_nobody_builds_where_another_process_does(home):
    code = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from wangge.entry.demo.folder import building
        with building(Path({str(home)!r})):
            (Path({str(home)!r}) / "theirs").write_text("x")
            print("held", flush=True)
            sys.stdin.read()
    """)
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(NotOurs, match="Another process is building"), building(home):
            pass
        assert (home / "theirs").exists()
    finally:
        other.kill()
        other.wait()
        for pipe in (other.stdin, other.stdout):
            assert pipe is not None
            pipe.close()
    # Killed, it holds nothing any more, and what it left is taken away.
    with building(home):
        assert not (home / "theirs").exists()


def test_a_link_is_taken_away_and_not_what_it_leads_to(home, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a").write_text("a")
    home.mkdir()
    (home / BUILDING).touch()
    (home / "town").symlink_to(kept)
    with building(home):
        assert not (home / "town").exists()
    assert (kept / "a").read_text() == "a"


def test_finished_is_written_last_and_whole(home):
    with building(home):
        assert not (home / FINISHED).exists()
        finish(home, ABOUT)
    assert ABOUT.opens_at.isoformat() == ABOUT.opens
    assert not list(home.glob(f"{FINISHED}.new"))
    assert folder.finished(home) == ABOUT


def test_a_demo_that_stands_is_not_asked_for_on_another_database(home, monkeypatch, capsys):
    with building(home):
        finish(home, ABOUT)
    standing_at(home, monkeypatch)
    assert command.main(["--folder", str(home), "--database", "postgresql://db/city"]) == 2
    assert "stands on SQLite" in capsys.readouterr().err


def test_a_database_that_can_t_be_reached_is_told_and_nothing_is_built(home, monkeypatch, capsys):
    standing_at(home, monkeypatch)
    assert command.main(["--folder", str(home), "--database", "postgresql://x:s3cret@127.0.0.1:1/city"]) == 2
    said = capsys.readouterr().err
    assert "can't be reached" in said
    assert "s3cret" not in said


@pytest.mark.skipif(databases.SERVER not in os.environ, reason="./run test --database postgresql")
def test_a_database_that_holds_anything_is_left_alone_but_a_broken_build_s_own_is_emptied(home, tmp_path):
    address = databases.empty(tmp_path / "other")
    databases.rows(tmp_path / "other", "CREATE TABLE thesis (words text)")
    with pytest.raises(NotOurs, match="holds tables"), building(home, address):
        raise AssertionError("never begun")
    databases.rows(tmp_path / "other", "DROP TABLE thesis")
    with pytest.raises(ZeroDivisionError), building(home, address):
        databases.rows(tmp_path / "other", "CREATE TABLE half (n int)")
        raise ZeroDivisionError
    with building(home, address):
        assert postgresql.tables(address) == []
        finish(home, ABOUT)
    assert database.kept(home) == address
