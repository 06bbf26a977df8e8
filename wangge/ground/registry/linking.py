"""Departments' rows on their way in: links that say whom each row means, and what the rows say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wangge.ground.registry import identity, writing
from wangge.ground.registry.models import ELEMENT_COLUMNS, Batch, Link
from wangge.ground.registry.statements import Value
from wangge.ground.registry.values import canonical_column
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.elements.registry import UnknownElement

if TYPE_CHECKING:
    import pyarrow as pa

AT_ONCE = 2000
"""Most rows of one call: a chunk is one transaction, and must end within 250 ms."""
ABOUT_ROWS = frozenset({"person", "uid", "row", "probability", "decided_by"})
"""Columns of a chunk that are no elements."""


class Chunk:
    """Rows of one feed's batch as columns: ``row``, ``person``, perhaps ``probability`` and ``decided_by``, and elements.

    Values are checked and made canonical here, before any transaction begins. Raises ``Invalid``, naming the row.
    """

    def __init__(
        self, *, feed: str, department: str, batch: str, rows: pa.Table, observed_at: datetime
    ) -> None:
        if len(rows) > AT_ONCE:
            raise ValueError(
                f"{len(rows)} rows at once: give at most {AT_ONCE}, each call is one transaction"
            )
        if department.startswith("@") or not department:
            raise ValueError(f"{department!r} is no department's code")
        if observed_at.tzinfo is None:
            raise ValueError("observed_at needs a time zone")
        self.feed, self.department, self.batch, self.observed_at = feed, department, batch, observed_at
        self.columns: dict[str, list[Any]] = rows.to_pydict()
        self.rows: list[int] = self.columns["row"]
        self.elements = [name for name in self.columns if name not in ABOUT_ROWS]
        self.values = [self._values(name) for name in self.elements]

    def said(self, i: int) -> dict[str, Value]:
        """What one row says; an empty value states nothing."""
        return {
            name: column[i]
            for name, column in zip(self.elements, self.values, strict=True)
            if column[i] is not None
        }

    def known(self) -> dict[int, int]:
        """Rows whose person is known, with the person's key."""
        rows = Link.objects.filter(batch__feed=self.feed, batch__batch=self.batch, row__in=self.rows)
        return dict(rows.values_list("row", "person_id"))

    def link(self, keys: Sequence[int]) -> list[int]:
        """Write down whom each row means (by key, in order), once; returns the rows' references.

        Raises ``Conflict`` where a row is known to mean somebody else.
        """
        batch, fresh = Batch.objects.get_or_create(
            feed=self.feed,
            batch=self.batch,
            defaults={"department": self.department, "observed_at": self.observed_at},
        )
        there = {} if fresh else self.known()
        self._must_agree(there, keys)
        sure, decided = self.columns.get("probability"), self.columns.get("decided_by")
        new = {row: i for i, row in enumerate(self.rows) if row not in there}
        writing.insert(
            Link,
            ["person", "batch", "row", "probability", "decided_by"],
            (
                [keys[i], batch.pk, row, sure[i] if sure else None, (decided[i] if decided else None) or ""]
                for row, i in new.items()
            ),
        )
        return [reference(batch.pk, row) for row in self.rows]

    def _values(self, name: str) -> list[Value]:
        if name not in ELEMENT_COLUMNS:
            raise UnknownElement(name)
        try:
            return canonical_column(name, self.columns[name])
        except Invalid as error:
            at = int(str(error.problems[0]["where"]))
            place = f"{self.feed} {self.batch} {self.rows[at]} {name}"
            raise Invalid(
                error.code,
                error.message,
                advice=error.advice,
                problems=[{**error.problems[0], "where": place}],
            ) from None

    def _must_agree(self, there: dict[int, int], keys: Sequence[int]) -> None:
        asked = dict(zip(self.rows, keys, strict=True))
        moved = {row: who for row, who in there.items() if who != asked[row]}
        today = identity.current_keys(moved.values())
        other = sorted(row for row, who in moved.items() if today[who] != asked[row])
        if other:
            raise Conflict(
                "row_means_another",
                _("Rows of %(feed)s are known to mean other persons: %(rows)s.")
                % {"feed": self.feed, "rows": ", ".join(map(str, other[:20]))},
                advice=_("Split or merge the persons first."),
            )


ROWS = 1 << 26
"""More rows than a batch has; references stay below 2^53, so that JSON keeps them whole."""


def reference(batch: int, row: int) -> int:
    """The reference of a batch's row, as statements carry it."""
    return batch * ROWS + row


def batch_and_row(ref: int) -> tuple[int, int]:
    """What ``reference`` made."""
    return divmod(ref, ROWS)
