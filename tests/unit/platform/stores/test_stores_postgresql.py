"""What only PostgreSQL can do, and what is done where there is none."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.core.checks import run_checks
from django.db import connection, transaction

from tests import databases
from wangge.platform.stores import postgresql

on_postgresql = pytest.mark.skipif(
    databases.SERVER not in os.environ, reason="./run test --database postgresql"
)


def test_this_run_s_database_is_fit(db):
    assert [one for one in run_checks(databases=["default"]) if one.id.startswith("stores.")] == []


def test_where_writers_are_serial_being_alone_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(1 if postgresql.here() else 0):
        postgresql.alone("tests")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_is_alone_keeps_others_out_until_the_transaction_ends(tmp_path):
    import psycopg

    with psycopg.connect(_address()) as other:
        asked = "SELECT pg_try_advisory_xact_lock(hashtextextended('tests', 0))"
        with transaction.atomic():
            postgresql.alone("tests")
            assert other.execute(asked).fetchone() == (False,)
        assert other.execute(asked).fetchone() == (True,)


def _address():
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ[databases.SERVER])._replace(path=f"/{name}").geturl()


@on_postgresql
def test_a_database_of_another_encoding_is_told_with_what_to_type(tmp_path):
    address = databases.empty(tmp_path)
    name = urlsplit(address).path.lstrip("/")
    with databases._server() as server:
        server.execute(f'DROP DATABASE "{name}"')
        server.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    command = [sys.executable, "-m", "wangge.entry.site", "manage", "migrate"]
    refused = subprocess.run(
        command, env=databases.environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "SQL_ASCII" in refused.stderr
    assert f"createdb --template template0 --encoding UTF8 --locale C.UTF-8 {name}" in refused.stderr
    assert postgresql.tables(address) == []


@on_postgresql
def test_a_database_is_looked_into_and_emptied_by_its_address(tmp_path):
    address = databases.empty(tmp_path)
    assert postgresql.tables(address) == []
    databases.rows(
        tmp_path, "CREATE TABLE one (n int); CREATE VIEW two AS SELECT n FROM one; CREATE TABLE three (n int)"
    )
    assert postgresql.tables(address) == ["one", "three"]
    postgresql.clear(address)
    assert postgresql.tables(address) == []


@pytest.mark.parametrize("address", ["postgresql://x@127.0.0.1:1/none", "mysql://x/y", "nothing of the kind"])
def test_a_database_that_can_t_be_reached_is_told_in_its_own_words(address):
    with pytest.raises(postgresql.Unreachable, match=r"\w"):
        postgresql.tables(address)
