"""Room `cores.messages`: what a core says, in English, so that whoever stands above can say it in the reader's language.

``said("at most %(most)d characters", most=60)`` is an English text, ready for a terminal or a log. It remembers its template
and its values: the template is the message id in the catalogue, and ``platform.access.saying.translated`` is the one place
that puts the translation's words round the values. A value may itself be something said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PARTS = (120, 60, 30, 10)
"""To how many characters values are cut, one after another, where a packed message would be too long."""


class Message(str):
    """An English text with its template and values."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Message:
        """Without values the template is the text, per cent signs and all."""
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:  # type: ignore[override]
        return self.template, self.values


def said(template: str, /, **values: Any) -> Message:  # noqa: ANN401 - whatever %-formatting takes
    """A message. ``template`` is a literal, for collectors of messages to find."""
    return Message(template, values)


def listed(first: str, second: str) -> str:
    """Both, with a comma between them; one alone where the other is empty."""
    return said("%(first)s, %(second)s", first=first, second=second) if first and second else first or second


def packed(text: str, most: int) -> str:
    """A message as a text of at most ``most`` characters that ``unpacked`` reads back. Long values are cut."""
    if not isinstance(text, Message) or not text.values:
        return str(text)[:most]
    for cut in (None, *PARTS):
        line = json.dumps(_plain(text, cut), ensure_ascii=False, default=str)
        if len(line) <= most:
            return line
    return str(text)[:most]


def unpacked(text: str) -> Message:
    """What was packed; a text without values is its own template."""
    if text.startswith('["'):
        try:
            return _from_plain(json.loads(text))
        except (ValueError, TypeError, KeyError):
            pass
    return Message(text, {})


def _plain(text: Message, cut: int | None) -> list[Any]:
    return [text.template, {name: _value(value, cut) for name, value in text.values.items()}]


def _value(value: Any, cut: int | None) -> Any:  # noqa: ANN401
    if isinstance(value, Message):
        return _plain(value, cut) if value.values else [value.template, {}]
    if isinstance(value, str) and cut is not None and len(value) > cut:
        return value[: cut - 1] + "…"
    return value


def _from_plain(plain: list[Any]) -> Message:
    template, values = plain
    return Message(
        template, {name: _from_plain(v) if isinstance(v, list) else v for name, v in values.items()}
    )
