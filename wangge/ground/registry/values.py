"""The registry's values: what kind each element is, as a column, as a value in Python, and as text.

Text is how a value travels sealed (an observation, a dissent) and in answers: dates in ISO 8601, ``yes``/``no``, whole
numbers in digits, choices by their code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from wangge.ground.registry.statements import Value
from wangge.platform.access.errors import Invalid
from wangge.platform.clock import clock
from wangge.platform.elements.registry import Element, element
from wangge.platform.stores.fields import SealedTextField

SEALED = frozenset({"id_number", "phone", "guardian_phone", "disability_certificate"})
"""Identity and telephone numbers: encrypted columns, found by a blind index only."""

LONGEST = 200
"""Characters of a text that somebody sends from a door."""
_NUMBER = re.compile(r"[0-9A-Za-z()（）+ -]{1,40}")
_TELEPHONE = re.compile(r"[0-9()+ ,;、转-]{5,60}")
_SHAPES = {
    "phone": _TELEPHONE,
    "guardian_phone": _TELEPHONE,
    "id_number": _NUMBER,
    "disability_certificate": _NUMBER,
}

_COLUMNS: dict[str, type[models.Field[Any, Any]]] = {
    "text": models.TextField,
    "date": models.DateField,
    "whole": models.IntegerField,
    "yes_no": models.BooleanField,
    "timestamp": models.DateTimeField,
}
_TYPES: dict[str, set[type]] = {"date": {date}, "whole": {int}, "yes_no": {bool}}
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def context_of(code: str) -> str:
    """The sealing context of a person's column; it must never change."""
    return f"registry_person.{code}"


def column_of(one: Element) -> models.Field[Any, Any]:
    """The column that holds an element's fact: typed after its kind, sealed where it identifies, always nullable."""
    if one.code in SEALED:
        return SealedTextField(context=context_of(one.code), null=True)
    if one.kind == "choice":
        return models.CharField(max_length=40, null=True)
    return _COLUMNS[one.kind](null=True)


def canonical(code: str, value: object) -> Value:
    """The value as it is folded: of its element's type, texts in NFKC without blanks at the ends; None for an empty one.

    Raises ``Invalid`` for a value of another kind, ``UnknownElement`` for an element that isn't registered.
    """
    one = element(code)
    if value is None:
        return None
    if one.kind in ("text", "choice"):
        text = _plain(value) if isinstance(value, str) else None
        if isinstance(value, str) and (
            one.kind == "text" or text is None or text in {c[0] for c in one.choices}
        ):
            return text
    elif (
        (one.kind == "yes_no" and isinstance(value, bool))
        or (one.kind == "whole" and isinstance(value, int) and not isinstance(value, bool))
        or (one.kind == "timestamp" and isinstance(value, datetime) and value.tzinfo is not None)
        or (one.kind == "date" and isinstance(value, date) and not isinstance(value, datetime))
    ):
        return value
    raise _not_a_value(one)


def canonical_column(code: str, column: Sequence[object]) -> list[Value]:
    """``canonical`` of a whole column; ``Invalid`` says in its problem's ``where`` at which place (0, 1, …) it stopped."""
    one = element(code)
    kinds = {type(value) for value in column} - {type(None)}
    if kinds <= {str} and one.kind == "text":
        return [None if v is None else _plain(v) for v in column]  # type: ignore[arg-type]
    if kinds <= _TYPES.get(one.kind, set()):
        return list(column)  # type: ignore[arg-type]
    found: list[Value] = []
    for at, value in enumerate(column):
        try:
            found.append(canonical(code, value))
        except Invalid as error:
            problem = {**error.problems[0], "where": str(at)}
            raise Invalid(error.code, error.message, problems=[problem]) from None
    return found


def to_text(value: Value) -> str | None:
    """The value as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value.isoformat()


def of_text(code: str, text: Any) -> Value:  # noqa: ANN401 - a text or None; sealed fields are typed as bytes
    """The value that a text says; raises as ``canonical`` does."""
    one = element(code)
    plain = _plain(text) if text else None
    if plain is None:
        return None
    try:
        if one.kind == "date":
            return date.fromisoformat(plain)
        if one.kind == "timestamp":
            return clock.local(datetime.fromisoformat(plain))
        if one.kind == "whole":
            return int(plain)
        if one.kind == "yes_no":
            return _YES[plain.lower()]
    except (ValueError, KeyError):
        raise _not_a_value(one) from None
    return canonical(code, plain)


def sayable(code: str, text: str | None) -> None:
    """Whether somebody can have said this of an element: what a door or a resident sends is checked, what is held is not.

    Raises ``Invalid`` as ``of_text`` does, and for a text that is too long or no telephone or identity number at all.
    """
    value = of_text(code, text)
    if not isinstance(value, str):
        return
    if len(value) > LONGEST or not value.isprintable():
        raise Invalid(
            "not_a_value",
            _("%(element)s: expected a text of at most %(most)d characters in one line.")
            % {"element": code, "most": LONGEST},
        )
    shape = _SHAPES.get(code)
    if shape is not None and not shape.fullmatch(value):
        raise _not_a_value(element(code))


def _plain(text: str) -> str | None:
    """NFKC without blanks at the ends; None where nothing is left. Asking first is cheaper: nearly all texts are so already."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.strip() or None


def _not_a_value(one: Element) -> Invalid:
    expected = {
        "text": _("a text"),
        "date": _("a date like 2026-07-31"),
        "whole": _("a whole number"),
        "yes_no": _("yes or no"),
        "timestamp": _("a moment with its time zone"),
        "choice": _("one of %(codes)s") % {"codes": ", ".join(c[0] for c in one.choices)},
    }[one.kind]
    return Invalid(
        "not_a_value",
        _("%(element)s: expected %(expected)s.") % {"element": one.code, "expected": expected},
        problems=[{"where": one.code, "expected": expected}],
    )
