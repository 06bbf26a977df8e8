"""`--check` asks for every app's page, and for the files that its build named."""

from __future__ import annotations

import json

import pytest

from wangge.entry.demo.check import pages
from wangge.entry.screens import built


class Answer:
    """As the test client gives it."""

    streaming = False

    def __init__(self, content: bytes, status_code: int = 200) -> None:
        self.content, self.status_code = content, status_code


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Path → content of a house with three apps; the fixture is what it answers."""
    (tmp_path / ".vite").mkdir()
    said = {
        f"{app}/index.html": {"file": f"assets/{app}.js", "css": [f"assets/{app}.css"]} for app in built.APPS
    }
    said["_shared.js"] = {"file": "assets/shared.js", "assets": ["assets/mark.svg"]}
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    answers = {f"/static/web/{file}": b"x" for file in pages.manifest(tmp_path)}
    for app in built.APPS:
        page = f'<script src="/static/web/assets/{app}.js"></script><link href="/static/web/assets/{app}.css">'.encode()
        answers |= {f"/{app}/": page, f"/{app}/{pages.BELOW}": page}
    return answers


@pytest.fixture
def faults(house):
    class Client:
        @staticmethod
        def get(path):
            return Answer(house[path]) if path in house else Answer(b"", 404)

    return lambda: list(dict.fromkeys(pages.faults(Client())))


def test_a_whole_house_has_no_fault(faults):
    assert faults() == []


@pytest.mark.parametrize(
    "path, content, said",
    [
        ("/phone/", None, "/phone/ answers 404, not 200"),
        (f"/console/{pages.BELOW}", None, f"/console/{pages.BELOW} answers 404, not 200"),
        (f"/portal/{pages.BELOW}", b"<title>nothing</title>", "/portal/ names no script"),
        ("/static/web/assets/console.css", b" ", "/static/web/assets/console.css is empty"),
        ("/static/web/assets/shared.js", None, "/static/web/assets/shared.js answers 404, not 200"),
        ("/static/web/assets/mark.svg", b"", "/static/web/assets/mark.svg is empty"),
    ],
)
def test_what_is_gone_or_empty_is_named(house, faults, path, content, said):
    if content is None:
        del house[path]
    else:
        house[path] = content
    assert faults() == [said]


def test_a_build_without_its_list_of_files_is_told(house, faults, tmp_path):
    (tmp_path / ".vite" / "manifest.json").unlink()
    assert len(faults()) == 1
    assert "can't be read" in faults()[0]
