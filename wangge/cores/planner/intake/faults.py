"""What is wrong with any of a city's files, so that one answer names all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wangge.cores.tables.errors import RowError


class Faults:
    """Gathers the errors of several files and raises them together."""

    def __init__(self) -> None:
        self._errors: list[RowError] = []
        self._total = 0

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep what a block raises about a file; the block ends there."""
        from wangge.cores.tables.errors import TableError

        try:
            yield
        except TableError as error:
            self._errors += error.errors
            self._total += error.total

    def finish(self) -> None:
        """:raises TableError: with everything that was gathered."""
        from wangge.cores.tables.errors import TableError

        if self._errors:
            raise TableError(self._errors, total=self._total)
