"""Loaded before Django reads its settings: every test run has a home of its own, and no test touches a real one."""

import os
import tempfile
from uuid import uuid4

os.environ["WANGGE_HOME"] = tempfile.mkdtemp(prefix="wangge-test-")
# The processes of one run know each other by it: `tests.databases`.
os.environ.setdefault("WANGGE_TEST_RUN", uuid4().hex[:8])
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(os.path.expanduser("~"), ".cache", "wangge", "numba"))
