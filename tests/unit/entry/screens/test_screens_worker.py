"""The phone's service worker stands at the phone's address, and a new one is noticed at once."""

from __future__ import annotations

import pytest
from django.test import Client

from wangge.entry.screens import built


@pytest.fixture
def build(tmp_path, monkeypatch):
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "sw.js").write_text("// 第一版", encoding="utf-8")
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    return tmp_path


def test_it_is_a_script_of_the_phone_s_own_that_is_asked_for_anew(build, client: Client) -> None:
    answer = client.get("/phone/sw.js")
    assert (answer.status_code, answer.content.decode()) == (200, "// 第一版")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    (build / "phone" / "sw.js").write_text("// 第二版", encoding="utf-8")
    assert client.get("/phone/sw.js").content.decode() == "// 第二版"


def test_without_a_build_it_is_no_page(tmp_path, monkeypatch, client: Client) -> None:
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    assert client.get("/phone/sw.js").status_code == 503


def test_other_apps_have_none(build, client: Client) -> None:
    (build / "console").mkdir()
    (build / "console" / "index.html").write_text("<title>x</title>", encoding="utf-8")
    assert client.get("/console/sw.js").headers["Content-Type"].startswith("text/html")
