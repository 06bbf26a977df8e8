"""Traps of tests that show only now and then: forbidden in the source, where they show always.

To mend: the message says what to write instead.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def settings_for_good(tree: ast.Module) -> set[int]:
    """Lines that set a setting on Django's own object: it stays for whatever runs next in this process.

    The ``settings`` of pytest-django is an argument, and takes back what was set.
    """
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "django.conf"
        and any(one.name == "settings" for one in node.names)
        for node in tree.body
    )
    if not imported:
        return set()
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "settings"
    }


def waits_by_eval(tree: ast.Module) -> set[int]:
    """Lines where Playwright asks a page again by ``eval``, which the pages' policy forbids."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "wait_for_function"
    }


TRAPS = {
    settings_for_good: "a setting set for good: override_settings, or the fixture `settings`",
    waits_by_eval: "asks again by eval: waiting.comes_true",
}


def traps(*folders: Path) -> list[str]:
    """Each use of a trap: where, and what to use instead."""
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for trap, why in TRAPS.items():
            found += [f"{path.name}:{line}: {why}" for line in sorted(trap(tree))]
    return found


def test_no_test_walks_into_one():
    assert traps(ROOT / "tests", ROOT / "tools" / "screens") == []


def test_the_rule_sees_each(tmp_path):
    path = tmp_path / "test_page.py"
    path.write_text(
        "from django.conf import settings\nsettings.DEBUG = True\npage.wait_for_function('window.before')\n",
        encoding="utf-8",
    )
    assert [one.split(":")[1] for one in traps(tmp_path)] == ["2", "3"]


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.stem)
def test_every_rule_says_how_it_is_mended(path):
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert len(words.partition("To mend: ")[2]) > 10, (
        f"{path.name}: its first words end in a paragraph `To mend: …`"
    )


def test_a_run_in_which_a_rule_broke_ends_with_its_words(tmp_path):
    folder = tmp_path / "tests"
    for name in (
        "conftest.py",
        "rows.py",
        "standing.py",
        "databases.py",
        "installation_home.py",
        "rules/conftest.py",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests" / name, folder / name)
    (folder / "rules" / "test_doors.py").write_text(
        '"""Doors are shut.\n\nTo mend: shut it.\n"""\n\ndef test_doors():\n    assert False\n',
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.installation_home", "-p", "no:cacheprovider", "tests/rules"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "wangge.entry.site.settings"},
    )  # fmt: skip
    assert run.returncode == 1
    assert "a house rule broke: tests/rules/test_doors.py" in run.stdout
    assert "To mend: shut it." in run.stdout
