"""From SQLite to PostgreSQL with the product's own commands: all of it arrives, an interrupted move goes on, a difference is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from wangge.entry.jobs import moving
from wangge.platform.stores import database

ROOT = Path(__file__).parents[4]
CASES = ROOT / "docs" / "examples"
pytestmark = pytest.mark.skipif(
    databases.SERVER not in os.environ,
    reason="there is a PostgreSQL to move to:  ./run test --database postgresql",
)


def wangge(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wangge.entry.site", *words]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=databases.environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


MAKE = """
import django; django.setup()
from django.core.management import call_command; call_command('migrate', verbosity=0)
from wangge.platform.access import actions, actors
by = actors.system('installer')
for n in range(40):
    uid = actions.add_user(username=f'u{n}', name=f'张三{n}', password=None, by=by)
    actions.grant(user=uid, role='grid_worker', area=f'4205020010{n:02}001', by=by)
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore(); session['big'] = 1e22; session.create()
actions.add_user(username='gone', name='gone', password=None, by=by)
from wangge.platform.access.models import User
User.objects.filter(username='gone').delete()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small installation on SQLite: users, grants, a trail, a session."""
    home = tmp_path_factory.mktemp("made") / "home"
    subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=databases.environment(home), check=True)
    return home


@pytest.fixture
def home(made, tmp_path):
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def target(tmp_path):
    """The address of an empty database."""
    return databases.empty(tmp_path / "target")


def test_all_of_it_arrives_and_the_installation_stands_on_postgresql(home, target):
    before = wangge(home, "prove-trail")
    moved = wangge(home, "move-data", "--to", target)
    assert moved.returncode == 0, moved.stderr
    *told, _ = moved.stdout.splitlines()
    assert "DIFFERS" not in moved.stdout
    assert sum(line.endswith("equal") for line in told) == len(told) - 1
    assert "counts and hashes are equal" in told[-1]
    assert database.kept(home) == target
    assert not (home / database.FILE).exists()
    assert databases.rows(home, "SELECT count(*) FROM access_user") == [(40,)]
    after = wangge(home, "prove-trail")
    assert (after.returncode, after.stdout) == (0, before.stdout)
    # A key that was given out is not given out again, not even that of the user who is gone.
    (newest,) = databases.rows(home, "SELECT nextval(pg_get_serial_sequence('access_user', 'id'))")
    assert newest[0] > 41
    again = wangge(home, "move-data", "--to", target)
    assert again.returncode == 2
    assert "Only SQLite can be moved" in again.stderr


BREAKING = """
import sys
from wangge.entry.jobs import move_data, moving
whole = moving._move
def breaking(source, target, table, progress):
    if table.name == 'access_grant': raise SystemExit(9)
    return whole(source, target, table, progress)
moving._move = breaking
sys.exit(move_data.main(['--to', sys.argv[1]]))
"""


def test_a_move_that_broke_off_goes_on_and_sees_what_changed_meanwhile(home, target):
    environment = databases.environment(home)
    broken = subprocess.run([sys.executable, "-c", BREAKING, target], cwd=ROOT, env=environment, check=False)
    assert broken.returncode == 9
    assert database.kept(home) == ""
    with_target = home.with_name("target")
    arrived = {name for (name,) in databases.rows(with_target, f"SELECT name FROM {moving.NOTES}")}
    assert "access_user" in arrived
    assert "access_grant" not in arrived
    databases.rows(home, "UPDATE access_user SET name = '李四' WHERE username = 'u7'")
    moved = wangge(home, "move-data", "--to", target)
    assert moved.returncode == 0, moved.stderr
    assert databases.rows(home, "SELECT name FROM access_user WHERE username = 'u7'") == [("李四",)]
    assert databases.rows(home, "SELECT count(*) FROM access_grant") == [(40,)]


def test_what_postgresql_can_t_keep_is_told_by_its_table_and_nothing_is_switched(home, target):
    databases.rows(home, "UPDATE access_user SET name = '张' || char(0) || '三' WHERE username = 'u7'")
    moved = wangge(home, "move-data", "--to", target)
    assert moved.returncode == 1
    assert "access_user, among rows 1 to 2000" in moved.stderr
    assert database.kept(home) == ""
    assert databases.rows(home, "SELECT count(*) FROM access_user") == [(40,)]


SPOILING = BREAKING.replace(
    "    return whole(source, target, table, progress)\n",
    "    found = whole(source, target, table, progress)\n"
    "    if table.name == 'access_user':\n"
    "        from django.db import connections\n"
    "        connections[target].cursor().execute(\"UPDATE access_user SET name = 'x' WHERE username = 'u7'\")\n"
    "    return found\n",
).replace("'access_grant': raise SystemExit(9)", "'': pass")


def test_a_value_that_arrived_otherwise_shows(home, target):
    spoiled = subprocess.run(
        [sys.executable, "-c", SPOILING, target], cwd=ROOT, env=databases.environment(home), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert spoiled.returncode == 1
    assert [line.split()[0] for line in spoiled.stdout.splitlines() if "DIFFERS" in line] == ["access_user"]
    assert "stays on SQLite" in spoiled.stderr
    assert database.kept(home) == ""


@pytest.mark.parametrize(
    "address, said",
    [
        ("mysql://x@y/z", "can't be reached"),
        ("postgresql://nobody@127.0.0.1:1/none", "can't be reached"),
        ("", "can't be reached"),
    ],
)
def test_where_it_can_t_go_is_said_before_anything_is_read(home, address, said):
    refused = wangge(home, "move-data", "--to", address)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_holds_something_is_left_alone(home, target):
    databases.rows(home.with_name("target"), "CREATE TABLE thesis (words text)")
    refused = wangge(home, "move-data", "--to", target)
    assert refused.returncode == 2
    assert "holds tables (thesis" in refused.stderr
    assert databases.rows(home.with_name("target"), "SELECT count(*) FROM thesis") == [(0,)]
