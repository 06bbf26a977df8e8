"""The rule tests share ``source.py``; when a rule broke, the run ends with what it says and how it is mended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed rule carries its module's words with it, also out of another process."""
    report = yield
    if report.when == "call" and report.failed and HERE in item.path.parents:
        report.user_properties.append(("rule", (item.path.name, item.module.__doc__ or "")))
    return report
