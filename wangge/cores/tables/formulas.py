"""Room `cores.tables`: text that a spreadsheet would run as a formula, made harmless, and back again.

OWASP "CSV Injection" names the first characters; leading blanks and full-width forms, which Chinese
spreadsheet programs accept too, are ours.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_RUN = re.compile(rf"^(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[{_STARTS}])")
_NEGATIVE = re.compile(r"^-\d+(\.\d+)?$")

# The same as `_RUN` behind its guard, for Arrow's RE2.
GUARDED = rf"^'([\t\r\n]|\s*[{_STARTS}])"


def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run it; plain negative numbers stay."""
    return f"'{text}" if _RUN.match(text) and not _NEGATIVE.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `harmless` put before it."""
    return re.sub(GUARDED, r"\1", text).strip()
