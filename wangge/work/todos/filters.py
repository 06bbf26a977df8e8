"""Which to-dos a list shows. The map's points and the figures go through the same filters, so that each opens its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict

from wangge.ground.areas.grouping import box_from, placed_within
from wangge.platform.clock import clock

if TYPE_CHECKING:
    from wangge.work.todos.standing import Located


class Filters(BaseModel):
    """Every field narrows; what isn't given doesn't. ``box`` is west,south,east,north in degrees, ``grid`` an area's code or its
    beginning, ``origin`` the room that asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: str = ""
    subject: str = ""
    origin: str = ""
    grid: str = ""
    overdue: bool = False
    box: str = ""

    def narrow(self, rows: QuerySet[Located]) -> QuerySet[Located]:
        """The rows that pass; they carry today's ``area`` of their places."""
        if self.state:
            rows = rows.filter(state=self.state)
        if self.subject:
            rows = rows.filter(subject=self.subject)
        if self.origin:
            rows = rows.filter(origin_room=self.origin)
        if self.grid:
            rows = rows.filter(area__startswith=self.grid)
        if (inside := box_from(self.box)) is not None:
            rows = rows.filter(placed_within(inside))
        return rows.filter(state="open", due_at__lt=clock.now()) if self.overdue else rows


EVERYTHING, OPEN = Filters(), Filters(state="open")
