"""A person's row while statements are folded into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from wangge.ground.registry import fold
from wangge.ground.registry.sources import Said, compact, contested, read, written
from wangge.ground.registry.statements import Dispute, Fact, Value
from wangge.ground.registry.tokens import tokens_of
from wangge.platform.elements.registry import element


class Raised(NamedTuple):
    """A dispute that a statement raised."""

    row: Row
    element: str
    dispute: Dispute


class Row:
    """A person's row as it is being folded: the facts of the elements that were asked for, and who said what."""

    __slots__ = (
        "_said",
        "_text",
        "changed",
        "dissents",
        "key",
        "split",
        "touched",
        "uid",
        "values",
        "version",
    )

    def __init__(self, key: int, uid: str, version: int, text: str, values: dict[str, Value]) -> None:
        self.key, self.uid, self.version, self.values = key, uid, version, values
        self._text: str | None = text
        self._said: Said | None = None
        self.dissents: dict[str, dict[str, Value]] = {}
        self.changed: set[str] = set()
        self.split: set[str] = set()
        self.touched = False

    @property
    def said(self) -> Said:
        """Who said what, by element."""
        if self._said is None:
            self._said = read(self._text or "[]")
        return self._said

    @property
    def text(self) -> str:
        """The same as the column holds it."""
        if self._text is None:
            self._text = written(self.said)
        return self._text

    def fact(self, code: str) -> Fact:
        """The fact of one element."""
        return Fact(self.values.get(code), self.said.get(code, ()), self.dissents.get(code, {}))

    def put(self, code: str, fact: Fact) -> None:
        """Put a new fact in its place."""
        if fact.value != self.values.get(code):
            self.changed.add(code)
        if fact.dissents != self.dissents.get(code, {}):
            self.split.add(code)
        self.touched = True
        self.values[code], self.said[code], self.dissents[code] = (
            fact.value,
            fact.statements,
            dict(fact.dissents),
        )
        self._text = None

    def hear(self, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> list[Raised]:
        """Fold what one voice said of several elements at a moment; returns the disputes that this raises."""
        if self._text is not None and self._heard_plainly(self._text, voice, at, ref, values):
            return []
        raised = []
        for code, value in values.items():
            authority = element(code).authority
            fact, disputes = fold.fold(
                self.fact(code), fold.said(voice, value, at, ref), authority=authority, token=tokens_of(code)
            )
            self.put(code, fact)
            raised += [Raised(self, code, dispute) for dispute in disputes]
        return raised

    def _heard_plainly(self, text: str, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> bool:
        """The fold of what contradicts nothing, done on the column's text itself; False where it isn't as plain as that.

        Nine rows in ten are: nobody ever differed (no token in the text), each value is new or the one that stands, and the
        voice either speaks for the first time or says of the same elements what it said before.
        """
        fresh = [
            code for code, value in values.items() if self.values[code] is None and f'"{code}"' not in text
        ]
        if (
            contested(text)
            or any(self.values[c] != v for c, v in values.items() if c not in fresh)
            or None in values.values()
        ):
            return False
        if f'["{voice}",' not in text:
            new = compact([voice, ref, at, at, *sorted(values)])
            self._text = f"[{new}]" if text == "[]" else f"{text[:-1]},{new}]"
        elif not self._said_again(text, voice, at, ref, values):
            return False
        self._said, self.touched = None, True
        self.changed.update(fresh)
        for code in fresh:
            self.values[code] = values[code]
        return True

    def _said_again(self, text: str, voice: str, at: int, ref: int, values: Mapping[str, Value]) -> bool:
        groups = json.loads(text)
        own = [group for group in groups if group[0] == voice]
        if len(own) != 1 or set(own[0][4:]) != set(values):
            return False
        _, known, first, last = own[0][:4]
        last, ref = max((last, known), (at, ref))
        own[0][1:4] = [ref, min(first, at), last]
        self._text = compact(groups)
        return True
