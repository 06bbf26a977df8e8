"""A bar on a terminal, and silence anywhere else."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import Self, TextIO

WIDTH = 30


class Bar:
    """Shows how far a long step is; the line is wiped at the end."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream, self._label = stream, label
        self._seen = stream.isatty()
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        if self._seen:
            # Kernels are compiled once a machine, which takes longer than planning a town.
            self._stream.write(f"\r{self._label} …")
            self._stream.flush()
        return self

    def show(self, done: int, total: int) -> None:
        """Draw the bar, ten times a second at most."""
        if not self._seen or monotonic() - self._shown_at < 0.1:
            return
        self._shown_at = monotonic()
        full = WIDTH * done // max(total, 1)
        self._stream.write(
            f"\r{self._label} [{'#' * full}{'.' * (WIDTH - full)}] {100 * done // max(total, 1)} %"
        )
        self._stream.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._seen:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
