"""What is given out: a wheel that an empty folder, a bare PATH and no checkout are enough for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests import standing
from tools import building
from tools.screens.serving import answering, free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
APPS = ("console", "phone", "portal")
NOT_GIVEN_OUT = re.compile(
    r"(^|/)(tests?|frontend|node_modules|tools|stamp|__pycache__)(/|$)|\.(vue|ts|po|pyc)$"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built without a network."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    (only,) = out.glob("*.whl")
    return only


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of commands of an environment with this wheel, and with what the lock names lent by the checkout's own.

    A path in a ``.pth`` file is put on the path without reading the ``.pth`` files in it: the checkout isn't importable.
    """
    folder = tmp_path_factory.mktemp("installed")
    uv = [sys.executable, "-m", "uv", "--offline", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder / "venv"], check=True)
    commands = folder / "venv/bin"
    subprocess.run(
        [*uv, "pip", "install", "--no-deps", "--python", commands / "python", "--no-index", wheel], check=True
    )
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    lent = folder / "venv/lib" / version / "site-packages/lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


@pytest.fixture(scope="module")
def surroundings(installed) -> dict[str, str]:
    """A shell that knows the installed commands and nothing else: no Node, no checkout, nobody's settings."""
    kept = {name: os.environ[name] for name in ("NUMBA_CACHE_DIR", "HOME", "LANG") if name in os.environ}
    return kept | {"PATH": str(installed)}


@pytest.fixture(scope="module")
def served(installed, surroundings, tmp_path_factory):
    """The address of an installation that begins in an empty folder."""
    folder, port = tmp_path_factory.mktemp("empty"), free_port()
    command = [installed / "wangge", "serve", "--port", str(port), "--workers", "1"]
    with answering(command, port, log=folder.with_suffix(".log"), env=surroundings, cwd=folder) as address:
        yield address


def asked(address: str, language: str = "zh-hans") -> tuple[int, str]:
    """The status and the body of an answer."""
    request = urllib.request.Request(address, headers={"Accept-Language": language})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_the_wheel_holds_the_house_and_no_workshop(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "wangge"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {one for one in tracked.stdout.split() if not one.endswith(".po")} <= names
    assert {f"{building.WEB}/{page}" for page in building.PAGES} <= names
    assert "wangge/entry/site/locale/zh_Hans/LC_MESSAGES/django.mo" in names
    assert {one.split("/")[0] for one in names} == {
        "wangge",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
    assert [one for one in sorted(names) if NOT_GIVEN_OUT.search(one)] == []


def test_the_source_that_is_given_out_is_all_that_is_kept():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = set(project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"])
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    always = {"pyproject.toml", ".gitignore", *project["project"]["license-files"]}
    assert {one.split("/")[0] for one in kept.stdout.split()} == named | always


def test_every_file_that_a_page_of_an_app_names_is_in_the_wheel(wheel):
    files = zipfile.ZipFile(wheel)
    for app in APPS:
        page = files.read(f"{building.WEB}/{app}/index.html").decode()
        named = re.findall(r'(?:src|href)="/static/web/([^"]+)"', page)
        assert any(one.endswith(".js") for one in named)
        for one in named:
            assert f"{building.WEB}/{one}" in files.namelist()


def test_the_command_runs_from_the_wheel_alone(installed, surroundings, tmp_path):
    whose = "import wangge; print(wangge.__file__, wangge.__version__)"
    said = subprocess.run(
        [installed / "python", "-c", whose], env=surroundings, cwd=tmp_path, capture_output=True, text=True
    )
    file, version = said.stdout.split()
    assert Path(file).is_relative_to(installed.parent)
    told = subprocess.run(
        [installed / "wangge", "--version"], env=surroundings, capture_output=True, text=True
    )
    assert told.stdout == f"wangge {version}\n"
    assert shutil.which("node", path=surroundings["PATH"]) is None


def test_an_installation_that_begins_in_an_empty_folder_serves_the_three_apps(served):
    assert asked(f"{served}/healthz")[0] == 200
    assert "/static/web/assets/portal-" in asked(f"{served}/")[1]
    for app in APPS:
        status, page = asked(f"{served}/{app}/")
        assert status == 200
        scripts = re.findall(r'src="(/static/web/[^"]+\.js)"', page)
        assert scripts
        assert [asked(served + one)[0] for one in scripts] == [200] * len(scripts)
    assert asked(f"{served}/phone/sw.js")[0] == 200


def test_the_demo_checks_itself_from_the_wheel_alone(installed, surroundings, built_demo, tmp_path):
    shutil.copytree(built_demo / standing.PRISTINE, tmp_path / "demo")
    checked = subprocess.run(
        [installed / "wangge", "demo", "--check"],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert checked.stdout.endswith("Every page is there, and every list answers what the demo knows.\n"), (
        checked.stderr
    )


def test_it_speaks_chinese_because_the_catalogue_came_along(served):
    in_chinese, in_english = (asked(f"{served}/api/access/me", one)[1] for one in ("zh-hans", "en"))
    assert re.search(r"[\u4e00-\u9fff]", in_chinese)
    assert not re.search(r"[\u4e00-\u9fff]", in_english)


def test_a_wheel_without_its_apps_is_refused_in_words(tmp_path):
    for one in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "NOTICE",
        "tools/building.py",
        "wangge/__init__.py",
    ):
        (tmp_path / one).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / one, tmp_path / one)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(tmp_path)]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode != 0
    assert f"{building.WEB}/console/index.html" in made.stdout + made.stderr
    assert "./run wheel" in made.stdout + made.stderr
    assert not (tmp_path / "dist").exists() or not list((tmp_path / "dist").glob("*.whl"))


def test_a_catalogue_older_than_its_words_counts_as_missing(tmp_path):
    words = tmp_path / "wangge/locale/zh_Hans/django.po"
    words.parent.mkdir(parents=True)
    made = words.with_suffix(".mo")
    made.write_bytes(b"")
    words.write_text("", encoding="utf-8")
    os.utime(words, (1_000_000_000, 1_000_000_000))
    assert "wangge/locale/zh_Hans/django.mo" not in building.missing(tmp_path)
    os.utime(made, (900_000_000, 900_000_000))
    assert "wangge/locale/zh_Hans/django.mo" in building.missing(tmp_path)
