"""One page an app for every address below its name, under a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from wangge.entry.screens import built


@pytest.fixture
def apps(tmp_path, monkeypatch):
    for name in built.APPS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<title>{name} 网格</title>", encoding="utf-8")
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "address", ["/console/", "/console/cases/42", "/phone/today", "/portal/track/ABC?x=1"]
)
def test_every_address_below_an_app_answers_its_page(apps, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.decode() == f"<title>{address.split('/')[1]} 网格</title>"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "csrftoken" in answer.cookies


def test_a_page_is_read_again_after_a_new_build(apps, client: Client) -> None:
    client.get("/console/")
    page = apps / "console" / "index.html"
    page.write_text("new", encoding="utf-8")
    assert client.get("/console/").content == b"new"


def test_whoever_knows_only_the_host_comes_to_the_portal(apps, client: Client) -> None:
    assert client.get("/", follow=True).content.decode() == "<title>portal 网格</title>"


def test_pages_are_only_read(apps, client: Client) -> None:
    assert client.post("/console/").status_code == 405


def test_without_a_build_it_says_how_to_build(tmp_path, monkeypatch, client: Client) -> None:
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    answer = client.get("/phone/")
    assert answer.status_code == 503
    assert "./run web" in answer.content.decode()


def test_nothing_comes_from_elsewhere(apps, client: Client) -> None:
    policy = client.get("/portal/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_only_files_named_by_their_content_are_kept_for_ever() -> None:
    assert built.immutable("", "/static/web/assets/console-v6v8aXFt.css")
    assert not built.immutable("", "/static/web/console/index.html")
    assert not built.immutable("", "/static/demo/guide.css")
