"""Run the tests the way `./run test` promises: in parallel when the whole suite is asked for, and a last line that counts."""

from __future__ import annotations

import os
import sys

import pytest


def main() -> int:
    """Pass the arguments on to pytest; without any, use two processes."""
    arguments = sys.argv[1:]
    if not arguments:
        workers = str(min(4, os.cpu_count() or 1))
        # A file stays in one process: the tests of a file in tests/browser are one story. (`loadgroup` does nothing under pytest 9:
        # xdist 3.8 writes the group into an attribute that pytest no longer reads.)
        # The longest files come first (`tests/conftest.py`), and so nobody waits for one of them at the end.
        arguments = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    return int(pytest.main(arguments))


if __name__ == "__main__":
    raise SystemExit(main())
