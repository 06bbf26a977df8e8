"""The demo's departments: all eight."""

from __future__ import annotations

from wangge.entry.demo.town.departments import (
    civil_affairs,
    disabled_federation,
    education,
    health,
    housing,
    medical_insurance,
    police,
    social_security,
)
from wangge.entry.demo.town.departments.desk import Habits
from wangge.entry.demo.town.departments.roster import Roster

_MODULES = (
    police, health, social_security, civil_affairs, disabled_federation, housing, education, medical_insurance,
)  # fmt: skip

ROSTERS: tuple[Roster, ...] = tuple(module.ROSTER for module in _MODULES)
HABITS: dict[str, Habits] = {module.ROSTER.department: module.HABITS for module in _MODULES}
MONTHLY = "civil_affairs"
"""The department that sends a second file within the script's days."""
