"""Loaded before Django reads its settings: every test run has a home of its own, and no test touches a real one."""

import os
import tempfile

os.environ["WANGGE_HOME"] = tempfile.mkdtemp(prefix="wangge-test-")
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(os.path.expanduser("~"), ".cache", "wangge", "numba"))
