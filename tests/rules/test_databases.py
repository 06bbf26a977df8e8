"""What only one kind of database can do stands in one file for each: nothing else knows on which the house stands.

To mend: ask `platform/stores/postgresql.py` (`here()`, `alone()`, …), and put what only PostgreSQL can do there; Django's
`connection.features` says what a database offers.
"""

import re
from pathlib import Path

from source import HOUSE, write

WORDS = re.compile(r"\.vendor\b|\bpg_\w+|\bPRAGMA\b|sqlite_\w+|hashtextextended|\bpsycopg\b")
KNOWING = {
    "cores/tables/geopackage.py": "a file that comes in and is an SQLite database, whatever the house stands on",
    "platform/stores/postgresql.py": "what only PostgreSQL can do",
    "platform/stores/database.py": "how SQLite is opened",
    "entry/demo/play/hurry.py": "how SQLite is opened for a demo that is being built",
    "entry/jobs/moving.py": "goes from the one to the other",
    "cores/tables/geopackage_door.py": "the way into it",
    "cores/geo/geopackage.py": "a file format that is SQLite, wherever the installation keeps its rows",
}
"""Files that may, with the reason."""


def knowing(root: Path = HOUSE) -> set[str]:
    """Files in whose code a database is named by what only it has."""
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "migrations" not in path.parts and WORDS.search(path.read_text(encoding="utf-8"))
    }


def test_only_the_files_named_here_know_their_database():
    assert knowing() == set(KNOWING)


def test_the_rule_sees_one_that_asks(tmp_path):
    write(tmp_path, "work/cases/finding.py", "def read():\n    return connection.vendor == 'sqlite'\n")
    write(tmp_path, "work/cases/near.py", "def read():\n    return connection.features\n")
    assert knowing(tmp_path) == {"work/cases/finding.py"}
