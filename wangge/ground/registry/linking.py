"""Departments' rows on their way in: links that say whom each row means, and the statements that the rows make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wangge.ground.registry import identity, writing
from wangge.ground.registry.conflicts import seconds
from wangge.ground.registry.folding import Offered
from wangge.ground.registry.models import ELEMENT_COLUMNS, Link
from wangge.ground.registry.values import canonical
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.elements.registry import UnknownElement

if TYPE_CHECKING:
    import pyarrow as pa

AT_ONCE = 2000
"""Most rows of one call: a chunk is one transaction, and must end within 250 ms."""
ABOUT_ROWS = frozenset({"person", "uid", "row", "probability", "decided_by"})
"""Columns of a chunk that are no elements."""


class Chunk:
    """Rows of one feed's batch as columns: ``row``, ``person``, perhaps ``probability`` and ``decided_by``, and elements."""

    def __init__(
        self, *, feed: str, department: str, batch: str, rows: pa.Table, observed_at: datetime
    ) -> None:
        if len(rows) > AT_ONCE:
            raise ValueError(
                f"{len(rows)} rows at once: give at most {AT_ONCE}, each call is one transaction"
            )
        if department.startswith("@") or not department:
            raise ValueError(f"{department!r} is no department's code")
        self.feed, self.department, self.batch, self.observed_at = feed, department, batch, observed_at
        self.columns: dict[str, list[Any]] = rows.to_pydict()
        self.rows: list[int] = self.columns["row"]
        self.elements = [name for name in self.columns if name not in ABOUT_ROWS]
        for name in self.elements:
            if name not in ELEMENT_COLUMNS:
                raise UnknownElement(name)

    def linked(self) -> dict[int, str]:
        """Rows whose person is known, with the person's id."""
        found = self._links()
        uids = identity.uids_of([person for _, person in found.values()])
        return {row: uids[person] for row, (_, person) in found.items()}

    def link(self, keys: list[int]) -> list[int]:
        """Write down whom each row means, once; returns the links' keys in the order of the rows.

        ``keys`` are the persons' in that order. Raises ``Conflict`` where a row is known to mean somebody else.
        """
        there = self._links()
        self._must_agree(there, keys)
        asked = {row: i for i, row in enumerate(self.rows) if row not in there}
        decided, sure = self.columns.get("decided_by"), self.columns.get("probability")
        writing.insert(
            Link,
            ["person", "feed", "department", "batch", "row", "observed_at", "probability", "decided_by"],
            [
                [
                    keys[i],
                    self.feed,
                    self.department,
                    self.batch,
                    row,
                    self.observed_at,
                    sure[i] if sure else None,
                    (decided[i] if decided else None) or "",
                ]
                for row, i in asked.items()
            ],
        )
        links = self._links() if asked else there
        return [links[row][0] for row in self.rows]

    def offers(self, keys: list[int], links: list[int]) -> Iterator[Offered]:
        """The statements that the rows make; an empty value states nothing. Raises ``Invalid``, naming the row."""
        at, voice = seconds(self.observed_at), self.department
        for name in self.elements:
            for i, value in enumerate(self.columns[name]):
                if value is not None and (plain := self._value(name, i, value)) is not None:
                    yield Offered(keys[i], name, plain, voice, at, links[i])

    def _value(self, name: str, i: int, value: object) -> Any:  # noqa: ANN401 - a fold.Value
        try:
            return canonical(name, value)
        except Invalid as error:
            problems = [
                {**one, "where": f"{self.feed} {self.batch} {self.rows[i]} {name}"} for one in error.problems
            ]
            raise Invalid(error.code, error.message, advice=error.advice, problems=problems) from None

    def _links(self) -> dict[int, tuple[int, int]]:
        found = Link.objects.filter(feed=self.feed, batch=self.batch, row__in=self.rows)
        return {row: (key, person) for row, key, person in found.values_list("row", "pk", "person_id")}

    def _must_agree(self, there: Mapping[int, tuple[int, int]], keys: list[int]) -> None:
        asked = dict(zip(self.rows, keys, strict=True))
        moved = {row: who for row, (_key, who) in there.items() if who != asked[row]}
        today = identity.current_keys(moved.values())
        other = sorted(row for row, who in moved.items() if today[who] != asked[row])
        if other:
            raise Conflict(
                "row_means_another",
                _("Rows of %(feed)s are known to mean other persons: %(rows)s.")
                % {"feed": self.feed, "rows": ", ".join(map(str, other[:20]))},
                advice=_("Split or merge the persons first."),
            )
