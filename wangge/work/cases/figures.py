"""A number over cases, and the filter of the case list that opens the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Aggregate, Count, Sum
from django.db.models.functions import Coalesce

from wangge.work.cases.filters import Filters


@dataclass(frozen=True, slots=True)
class Figure:
    """A number over the cases of a filter: how many they are or, with ``sum``, how many times something happened to them."""

    filters: Filters
    sum: Literal["", "reworks", "passes", "reopened"] = ""

    def aggregate(self, *, beyond: Filters, actor_id: str = "") -> Aggregate | Coalesce:
        """The figure as SQL over rows that meet ``beyond`` already."""
        met = beyond.given()
        rest = Filters(**{name: given for name, given in self.filters.given().items() if name not in met})
        condition = rest.condition(actor_id=actor_id)
        return Coalesce(Sum(self.sum, filter=condition), 0) if self.sum else Count("pk", filter=condition)
