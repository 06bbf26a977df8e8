"""Which database an installation stands on: what the environment says, what it keeps, SQLite; an address is told without its password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from wangge.platform.stores import database

ADDRESS = "postgresql://grid:s3cret@db.example.cn:5433/city"


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    monkeypatch.delenv("WANGGE_DATABASE_URL", raising=False)


def test_without_an_address_it_is_sqlite_in_its_home_and_its_owner_s(tmp_path):
    found = database.configured(tmp_path)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", tmp_path / database.FILE)
    assert (tmp_path / database.FILE).stat().st_mode & 0o777 == 0o600


def test_the_environment_comes_before_what_the_installation_keeps(tmp_path, monkeypatch):
    database.keep(tmp_path, ADDRESS)
    assert (tmp_path / database.KEPT).stat().st_mode & 0o777 == 0o600
    found = database.configured(tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[one] for one in ("HOST", "PORT", "USER", "PASSWORD", "NAME")] == [
        "db.example.cn", 5433, "grid", "s3cret", "city"
    ]  # fmt: skip
    assert not (tmp_path / database.FILE).exists()
    monkeypatch.setenv("WANGGE_DATABASE_URL", "postgresql://%2Frun%2Fpostgresql/other")
    assert [database.configured(tmp_path)[one] for one in ("HOST", "NAME")] == ["/run/postgresql", "other"]


@pytest.mark.parametrize(
    "address",
    [
        "mysql://grid:s3cret@db/city",
        "sqlite:///x",
        "db.example.cn",
        "postgresql://grid:s3cret@db",
        "postgresql://grid:s3cret@db:x/y",
    ],
)
def test_an_address_that_can_t_be_meant_is_refused_without_telling_its_password(address):
    with pytest.raises(ImproperlyConfigured) as refused:
        database.at(address)
    assert database.EXPECTED in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "address, said",
    [
        ("", "SQLite"),
        (ADDRESS, "postgresql://grid:…@db.example.cn:5433/city"),
        ("postgresql:///city", "postgresql:///city"),
    ],
)
def test_an_address_is_told_without_its_password(address, said):
    assert database.told(address) == said
