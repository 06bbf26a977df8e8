"""Traps of browser tests that show only now and then: forbidden in the source, where they show always."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRAPS = {
    ".wait_for_function(": "asks again by eval, which the pages' policy forbids: waiting.comes_true",
}


def traps(*folders: Path) -> list[str]:
    """Each use of a trap: where, and what to use instead."""
    return [
        f"{path.name}:{number}: {trap} {why}"
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for trap, why in TRAPS.items()
        if trap in line
    ]


def test_no_browser_test_walks_into_one():
    assert traps(ROOT / "tests" / "browser", ROOT / "tools" / "screens") == []


def test_the_rule_sees_one(tmp_path):
    (tmp_path / "test_page.py").write_text('page.wait_for_function("window.before")\n', encoding="utf-8")
    assert len(traps(tmp_path)) == 1
