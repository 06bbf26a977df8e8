"""Codes by a layout: named segments of digits, one after the other. Which layout a city has is its own matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class BadCode(ValueError):
    """A code, or a part of one, that doesn't fit its layout; says what was found and what was expected."""


@dataclass(frozen=True)
class Layout:
    """How codes are put together.

    :param segments: names and digits in their order, such as `(("district", 6), ("street", 3))`.
    :raises ValueError: for no segment, a name given twice, a segment without digits.
    """

    segments: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        names = [name for name, _ in self.segments]
        if not names or len(set(names)) < len(names) or any(digits < 1 for _, digits in self.segments):
            raise ValueError("a layout needs segments with names that differ, each of one digit or more")

    @property
    def digits(self) -> int:
        """Length of a whole code."""
        return sum(digits for _, digits in self.segments)

    def compose(self, parts: Mapping[str, int | str]) -> str:
        """The code of its parts; numbers are filled up with zeros, text must have its length.

        :raises BadCode: for a part that is missing, unknown, no digits, or too long for its segment.
        """
        names = [name for name, _ in self.segments]
        if set(parts) != set(names):
            raise BadCode(
                f"a code needs the parts {', '.join(names)}; given were {', '.join(parts) or 'none'}"
            )
        return "".join(_segment(name, digits, parts[name]) for name, digits in self.segments)

    def parse(self, code: str) -> dict[str, str]:
        """The parts of a code, with their zeros.

        :raises BadCode: for another length, or anything but the digits 0 to 9.
        """
        if len(code) != self.digits or not _is_digits(code):
            shape = " + ".join(f"{digits} ({name})" for name, digits in self.segments)
            raise BadCode(f"{code!r} is no code of {self.digits} digits: expected {shape}")
        parts, at = {}, 0
        for name, digits in self.segments:
            parts[name] = code[at : at + digits]
            at += digits
        return parts


_COMMUNITY = (("district", 6), ("street", 3), ("community", 3))
LAYOUTS = {
    "CJ/T 213": Layout((*_COMMUNITY, ("grid", 2))),
    "GB/T 30428.1": Layout((*_COMMUNITY, ("grid", 3))),
    "16 digits": Layout((*_COMMUNITY, ("grid", 4))),
    "20 digits": Layout((*_COMMUNITY, ("grid", 3), ("part", 5))),
}
"""Unit grids as the standards and the field have them, and parts of a community in 20 digits."""


def _segment(name: str, digits: int, part: int | str) -> str:
    text = f"{part:0{digits}d}" if isinstance(part, int) else part
    if len(text) > digits and _is_digits(text):
        raise BadCode(f"{name} {text} needs {len(text)} digits, the layout has {digits}: give it more")
    if len(text) != digits or not _is_digits(text):
        raise BadCode(f"{name} must be {digits} digits, not {text!r}")
    return text


def _is_digits(text: str) -> bool:
    """ASCII digits only: `isdigit` lets full-width ones pass."""
    return text.isascii() and text.isdigit()
