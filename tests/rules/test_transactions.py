"""Side effects are task rows in the same transaction: ``on_commit`` would lose them when the process dies in between.

To mend: write a task row inside the transaction (`task.enqueue(…)`); the job worker does the rest.
"""

import ast

from source import HOUSE, modules, write


def uses_of_on_commit(root=HOUSE):
    for name, tree in modules(root):
        for node in ast.walk(tree):
            if (isinstance(node, ast.Attribute) and node.attr == "on_commit") or (
                isinstance(node, ast.Name) and node.id == "on_commit"
            ):
                yield f"{name}:{node.lineno}: on_commit: write a task row inside the transaction instead"


def test_nothing_waits_for_on_commit():
    assert list(uses_of_on_commit()) == []


def test_the_rule_sees_on_commit(tmp_path):
    write(
        tmp_path, "work/hub/actions.py", "from django.db import transaction\ntransaction.on_commit(print)\n"
    )
    assert len(list(uses_of_on_commit(tmp_path))) == 1
