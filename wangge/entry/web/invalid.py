"""What pydantic says of a body or a query that doesn't fit, in the reader's language. What it rarely says stays English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

WORDS = {
    "missing": gettext_noop("This is missing."),
    "extra_forbidden": gettext_noop("Nothing of this name is expected."),
    "json_invalid": gettext_noop("This is no JSON."),
    "string_type": gettext_noop("A text is expected."),
    "string_too_short": gettext_noop("At least %(min_length)s characters are expected."),
    "string_too_long": gettext_noop("At most %(max_length)s characters are expected."),
    "string_pattern_mismatch": gettext_noop("A text of the form %(pattern)s is expected."),
    "too_short": gettext_noop("At least %(min_length)s entries are expected."),
    "too_long": gettext_noop("At most %(max_length)s entries are expected."),
    "int_type": gettext_noop("A whole number is expected."),
    "int_parsing": gettext_noop("A whole number is expected."),
    "int_from_float": gettext_noop("A whole number is expected."),
    "float_type": gettext_noop("A number is expected."),
    "float_parsing": gettext_noop("A number is expected."),
    "finite_number": gettext_noop("A number is expected."),
    "bool_type": gettext_noop("Yes or no (true, false) is expected."),
    "bool_parsing": gettext_noop("Yes or no (true, false) is expected."),
    "greater_than": gettext_noop("A number above %(gt)s is expected."),
    "greater_than_equal": gettext_noop("A number from %(ge)s on is expected."),
    "less_than": gettext_noop("A number below %(lt)s is expected."),
    "less_than_equal": gettext_noop("A number up to %(le)s is expected."),
    "literal_error": gettext_noop("One of %(expected)s is expected."),
    "enum": gettext_noop("One of %(expected)s is expected."),
    "date_type": gettext_noop("A date such as 2026-07-31 is expected."),
    "date_parsing": gettext_noop("A date such as 2026-07-31 is expected."),
    "date_from_datetime_parsing": gettext_noop("A date such as 2026-07-31 is expected."),
    "date_from_datetime_inexact": gettext_noop("A date such as 2026-07-31 is expected."),
    "datetime_type": gettext_noop("A moment such as 2026-07-31T10:05:00+08:00 is expected."),
    "datetime_parsing": gettext_noop("A moment such as 2026-07-31T10:05:00+08:00 is expected."),
    "datetime_from_date_parsing": gettext_noop("A moment such as 2026-07-31T10:05:00+08:00 is expected."),
    "timezone_aware": gettext_noop("A moment with its time zone is expected."),
    "uuid_type": gettext_noop("An id (UUID) is expected."),
    "uuid_parsing": gettext_noop("An id (UUID) is expected."),
    "list_type": gettext_noop("A list is expected."),
    "dict_type": gettext_noop("An object with named values is expected."),
    "model_attributes_type": gettext_noop("An object with named values is expected."),
}


def said_of(fault: Mapping[str, Any]) -> str:
    """The sentence for one of pydantic's faults; a rule of the house's own has spoken already, and is let through."""
    template = WORDS.get(str(fault["type"]))
    if template is not None:
        return gettext(template) % (fault.get("ctx") or {})
    own = (fault.get("ctx") or {}).get("error")
    return str(own if isinstance(own, ValueError) else fault["msg"])
