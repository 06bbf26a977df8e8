"""A file's row may speak of two persons: an owner and a tenant. What it says of each is a line of its own.

A line's number is the row's for the first person; for the second it lies beyond any row that a file has. So what a person
sees is always the file's row, and the part of it.
"""

from __future__ import annotations

PART = 1 << 25
"""More rows than a file has; two parts stay below ``linking.ROWS``."""


def line_of(row: int, part: int = 1) -> int:
    """The line of a row's first or second person."""
    return row + (part - 1) * PART


def row_and_part(line: int) -> tuple[int, int]:
    """The file's row and which person of it (1 or 2) a line is."""
    return line % PART, line // PART + 1
