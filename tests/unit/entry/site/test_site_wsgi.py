"""What a server's process does before it answers anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys

ASKED = """
import gc, json, sys
import wangge.entry.site.wsgi
young = len(gc.get_objects())
print(json.dumps({"frozen": gc.get_freeze_count(), "young": young, "loaded": "wangge.entry.web.api.cases" in sys.modules}))
"""


def test_all_that_is_loaded_is_loaded_before_the_first_request_and_never_walked_through_again(tmp_path):
    """In a process of its own: what is frozen stays frozen."""
    environment = {name: value for name, value in os.environ.items() if name != "WANGGE_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env={**environment, "WANGGE_HOME": str(tmp_path)}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["loaded"]
    assert said["frozen"] > 100_000
    assert said["young"] < 5_000
