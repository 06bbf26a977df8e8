"""Which to-dos a list shows. The map's points and the figures go through the same filters, so that each opens its list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from pydantic import BaseModel, ConfigDict

from wangge.ground.areas.grouping import box_from, placed_within
from wangge.platform.clock import clock

if TYPE_CHECKING:
    from wangge.work.todos.standing import Located


class Filters(BaseModel):
    """Every field narrows; what isn't given doesn't. Days are the city's, both ends included.

    ``state`` is ``open``, ``waiting`` (open, but not before a day to come), ``settled`` or ``withdrawn``. ``box`` is
    west,south,east,north in degrees, ``grid`` an area's code or its beginning, ``origin`` the room that asked, ``text`` a part
    of the title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: str = ""
    subject: str = ""
    origin: str = ""
    department: str = ""
    grid: str = ""
    text: str = ""
    overdue: bool = False
    box: str = ""
    created_from: date | None = None
    created_to: date | None = None
    settled_from: date | None = None
    settled_to: date | None = None

    def narrow(self, rows: QuerySet[Located]) -> QuerySet[Located]:
        """The rows that pass; they carry today's ``area`` of their places."""
        if self.state == "waiting":
            rows = rows.filter(state="open", not_before__gt=clock.now())
        elif self.state:
            rows = rows.filter(state=self.state)
        plain = {"subject": self.subject, "origin_room": self.origin, "department": self.department}
        rows = rows.filter(**{field: given for field, given in plain.items() if given})
        if self.grid:
            rows = rows.filter(area__startswith=self.grid)
        if self.text:
            rows = rows.filter(Q(title_zh__icontains=self.text) | Q(title_en__icontains=self.text))
        if (inside := box_from(self.box)) is not None:
            rows = rows.filter(placed_within(inside))
        for field, since, until in (
            ("created_at", self.created_from, self.created_to),
            ("settled_at", self.settled_from, self.settled_to),
        ):
            rows = rows.filter(**_days(field, since, until))
        return rows.filter(state="open", due_at__lt=clock.now()) if self.overdue else rows

    def given(self) -> dict[str, Any]:
        """The fields that narrow, as they stand in an address."""
        return {name: given for name, given in self.model_dump().items() if given not in (None, "", False)}


def _days(field: str, since: date | None, until: date | None) -> dict[str, datetime]:
    """The condition that a moment lies between two of the city's days."""
    zone = clock.city_zone()
    found = {f"{field}__gte": datetime.combine(since, time(), tzinfo=zone)} if since else {}
    if until:
        found[f"{field}__lt"] = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
    return found


EVERYTHING, OPEN = Filters(), Filters(state="open")
