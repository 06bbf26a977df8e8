"""What tests share: a fixed moment, the installer, users with grants, a demo that stands."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from tests import databases, rows, standing


def pytest_configure():
    """Tests speak message ids, whether or not the catalogues are compiled; words are tested in ``tests/rules``."""
    from django.conf import settings
    from django.utils.translation import trans_real

    settings.LOCALE_PATHS = []
    trans_real._translations.clear()  # a message may have been said while Django was set up
    trans_real._default = None
    # How long one example takes says how busy the machine is; what an act may cost is counted in statements.
    hypothesis.settings.register_profile("wangge", deadline=None)
    hypothesis.settings.load_profile("wangge")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files change places, tests within a file don't: the longest story first, and beside it, while the demo that the browser
    tests share is built, what needs none."""
    first = ("browser/test_every_page.py", "flows/")
    items.sort(
        key=lambda one: next((n for n, path in enumerate(first) if path in one.path.as_posix()), len(first))
    )


def pytest_sessionfinish(session):
    """What processes of their own stood on goes with the run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        databases.drop_all()


def pytest_terminal_summary(terminalreporter, config):
    """Which house rules broke and how they are mended; and one line for what was left out on a machine without a browser
    (`tests/browser/conftest.py`; CI never leaves it out)."""
    broken = dict(
        said
        for one in terminalreporter.getreports("failed")
        for name, said in one.user_properties
        if name == "rule"
    )
    for name, words in sorted(broken.items()):
        terminalreporter.section(f"a house rule broke: tests/rules/{name}", bold=True)
        terminalreporter.write_line(words.strip())
    from tools.screens import chromium

    asked = {str(one) for one in config.args}
    if chromium.left_out() and (not asked or any("tests/browser" in f"{one}/browser" for one in asked)):
        terminalreporter.write_line(f"Left out: tests/browser. {chromium.left_out()}")


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory) -> Path:
    """The folder of a hamlet's demo, the same for all processes of this run (`tests.standing.built`)."""
    base = tmp_path_factory.getbasetemp()
    return standing.built((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "standing")


@pytest.fixture(scope="session")
def standing_demo(built_demo) -> Path:
    """A demo of a hamlet; tests leave it as it is."""
    return built_demo / standing.HOME


@pytest.fixture(autouse=True)
def _nothing_counted():
    """What visitors did in another test isn't held against this one's (``entry.web.limits``)."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="module")
def writing(django_db_setup, django_db_blocker):
    """For what a module's tests all stand on: ``with writing(): build()`` in a fixture of the module (`tests.rows`)."""
    with rows.standing(django_db_blocker) as writing:
        yield writing


@pytest.fixture(scope="session")
def moment() -> datetime:
    """A Friday morning in the demo's summer: 10:05 on the city's clock."""
    return datetime(2026, 7, 31, 2, 5, tzinfo=UTC)


@pytest.fixture
def at_moment(moment):
    """Domain time stands still at ``moment``."""
    from wangge.platform.clock import clock

    with clock.moved(moment):
        yield moment


@pytest.fixture(scope="session")
def installer():
    """The actor that loads an installation's first data."""
    from wangge.platform.access import actors

    return actors.system("installer")


@pytest.fixture
def user_with(db, installer):
    """Make a user with grants: ``user_with("w1", ("grid_worker", "420502001001001"))`` gives (uid, actor)."""
    from wangge.platform.access import actions, actors

    def make(username: str, *grants: tuple[str, ...]):
        uid = actions.add_user(username=username, name=username, password=None, by=installer)
        for role, *rest in grants:
            area, department = (*rest, "", "")[:2]
            actions.grant(user=uid, role=role, area=area, department=department, by=installer)
        return uid, actors.of_id(f"user:{uid}")

    return make


@pytest.fixture
def plan_of(db):
    """How SQLite finds the rows of a table in the statements of a read that begin with it: ``plan_of(read, "todos_todo")``."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")

    def explained(read, table: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            read()
        lines: list[str] = []
        for one in asked.captured_queries:
            if f'FROM "{table}"' in one["sql"]:
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
                    lines += [line for *_, line in cursor.fetchall() if f" {table} " in f"{line} "]
        assert lines, f"no statement reads {table}"
        return lines

    return explained
