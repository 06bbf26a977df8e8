"""Rows of users as records."""

from __future__ import annotations

from wangge.platform.access.models import User
from wangge.platform.access.records import GrantRecord, UserRecord
from wangge.platform.clock import clock


def user_record(user: User) -> UserRecord:
    """The record of a user, with the grants in force."""
    moment = clock.now()
    grants = [
        GrantRecord(
            role=g.role,
            area=g.area,
            department=g.department,
            from_at=g.from_at,
            to_at=g.to_at,
            with_duty=bool(g.origin),
        )
        for g in user.grants.all()
        if g.from_at <= moment and (g.to_at is None or g.to_at > moment)
    ]
    return UserRecord(
        uid=str(user.uid), username=user.username, name=user.name, language=user.language, grants=grants
    )
