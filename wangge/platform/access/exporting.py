"""The list of users as a workbook: a grant a line, since a post is what people look for in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wangge.platform.access import queries
from wangge.platform.access.labels import Labels, chosen
from wangge.platform.access.queries import UserFilters
from wangge.platform.access.records import GrantRecord, UserRecord
from wangge.platform.access.shown import user_record
from wangge.platform.access.workbooks import Column, export, workbook
from wangge.platform.audit.actor import Actor

_LABELS = Labels("wangge.platform.access")
Line = tuple[UserRecord, GrantRecord | None]


def users(actor: Actor, filters: UserFilters) -> bytes:
    """The filtered users with every grant in force, by user name; who has none stands in a line alone."""
    named = queries.department_words(actor)
    columns: list[Column[Line]] = [
        Column(_("Name"), lambda line: line[0].name),
        Column(_("User name"), lambda line: line[0].username),
        Column(_("Post"), lambda line: chosen(*_LABELS.both("roles", line[1].role)) if line[1] else ""),
        Column(_("Area"), lambda line: (line[1].area or _("whole city")) if line[1] else ""),
        Column(_("Department"), lambda line: named.get(line[1].department, "") if line[1] else ""),
        Column(_("From"), lambda line: line[1].from_at if line[1] else None),
        Column(_("Until"), lambda line: line[1].to_at if line[1] else None),
    ]
    book = workbook(_("Users"), columns, _lines(actor, filters), filters=filters.given())
    return export(book, by=actor, verb="access.export_users", of="users")


def _lines(actor: Actor, filters: UserFilters) -> Iterator[Line]:
    for row in queries.listed_users(actor, filters).iterator(chunk_size=2000):
        user = user_record(row)
        yield from ((user, grant) for grant in user.grants)
        if not user.grants:
            yield user, None
