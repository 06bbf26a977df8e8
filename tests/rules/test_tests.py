"""Traps of tests that show only now and then: forbidden in the source, where they show always."""

import ast
from pathlib import Path

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
