"""The walls hold, and each of them turns red when it is broken on purpose (on a copy of the house).

To mend: a room imports rooms to its right on its floor, and rooms on lower floors (`ARCHITECTURE.md`). What calls upward goes through
`todos/origins.py`, `registry/contradicting.py` or a job that reads down.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder):
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory):
    """The source alone, without bytecode, beside the contracts."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "wangge", folder / "wangge", ignore=shutil.ignore_patterns("__pycache__", "*.parquet", "*.csv")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_walls_hold(copy_of_the_house):
    found = lint(copy_of_the_house)
    assert found.returncode == 0, found.stdout
    assert "11 kept, 0 broken" in found.stdout


BREACHES = {
    "an import upward": (
        "platform/city/breach.py",
        "from wangge.work.todos import actions\n",
        "The six floors",
    ),
    "an import upward on one floor": (
        "ground/areas/breach.py",
        "from wangge.ground.registry import actions\n",
        "Inside ground",
    ),
    "a sideways import": (
        "work/cases/breach.py",
        "from wangge.work.services import actions\n",
        "Inside work",
    ),
    "Django in a core": ("cores/geo/breach.py", "import django.db\n", "no Django"),
    "the check of a plan uses what made it": (
        "cores/planner/verifying/breach.py",
        "from wangge.cores.planner.proving import subsets\n",
        "shares nothing with what made it",
    ),
    "the demo links by itself": (
        "entry/demo/breach.py",
        "import wangge.cores.linkage\n",
        "never links by itself",
    ),
    "a room that no contract knows": ("work/attic/__init__.py", '"""An attic."""\n', "Inside work"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_turns_a_wall_red(copy_of_the_house, breach):
    name, text, contract = BREACHES[breach]
    path = copy_of_the_house / "wangge" / name
    room_is_new = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        found = lint(copy_of_the_house)
    finally:
        path.unlink()
        if room_is_new:
            shutil.rmtree(path.parent)
    assert found.returncode == 1, found.stdout
    assert any(contract in line and "BROKEN" in line for line in found.stdout.splitlines()), found.stdout


def test_a_cycle_turns_a_wall_red(copy_of_the_house):
    room = copy_of_the_house / "wangge" / "platform" / "city"
    (room / "one.py").write_text("from wangge.platform.city import two\n", encoding="utf-8")
    (room / "two.py").write_text("from wangge.platform.city import one\n", encoding="utf-8")
    try:
        found = lint(copy_of_the_house)
    finally:
        (room / "one.py").unlink()
        (room / "two.py").unlink()
    assert found.returncode == 1
    assert any("cycle" in line and "BROKEN" in line for line in found.stdout.splitlines()), found.stdout
