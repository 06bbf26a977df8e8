"""What cores say, in the reader's language: the one place where a core's message meets the catalogue."""

from __future__ import annotations

from django.utils import translation

from wangge.cores.messages.said import Message
from wangge.cores.tables.errors import RowError


def translated(text: str) -> str:
    """A core's message in the language that is active; any other text as it is."""
    if not isinstance(text, Message):
        return str(text)
    words = translation.gettext(text.template) if text.template else ""
    values = {
        name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return words % values if values else words


def in_row(error: RowError) -> str:
    """One fault for the sheet of rows in error: where in the row, what was found, what was expected, what to do."""
    return translated(error.in_row())
