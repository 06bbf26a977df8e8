"""No ``now()`` outside the clock: the demo, the tests and the trail's two times hang on it.

To mend: ask `platform.clock`: `clock.now()` for what the domain dates, `clock.real_now()` for sessions, leases and limits.
"""

import ast

from source import HOUSE, dotted, modules, write

FORBIDDEN = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time")


def readings_of_the_clock(root=HOUSE):
    for name, tree in modules(root):
        if name.startswith("platform/clock/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and dotted(node).endswith(FORBIDDEN):
                yield f"{name}:{node.lineno}: {dotted(node)}: ask wangge.platform.clock instead"
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                yield f"{name}:{node.value.lineno}: {node.arg} reads the machine's clock: set the field from the clock room"


def test_only_the_clock_room_reads_the_clock():
    assert list(readings_of_the_clock()) == []


def test_the_rule_sees_a_reading(tmp_path):
    write(tmp_path, "work/cases/actions.py", "from django.utils import timezone\nwhen = timezone.now()\n")
    write(
        tmp_path,
        "work/cases/models.py",
        "import datetime\nwhen = datetime.datetime.now()\nx = f(auto_now=True)\n",
    )
    write(tmp_path, "platform/clock/clock.py", "import datetime\nwhen = datetime.datetime.now()\n")
    assert len(list(readings_of_the_clock(tmp_path))) == 3
