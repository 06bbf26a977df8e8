"""Registered data elements. A field about a person that isn't here can't be stored, asked, imported or shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

import yaml

Holder = Literal["person", "household", "dwelling", "organisation"]
Kind = Literal["text", "date", "whole", "yes_no", "choice", "timestamp"]


class UnknownElement(KeyError):
    """No such element is registered."""

    def __str__(self) -> str:
        return f"{self.args[0]!r} is not a registered data element: register it in wangge/platform/elements/elements.yaml"


@dataclass(frozen=True)
class Element:
    """One registered element.

    ``authority`` is the department whose value stands (一数一源), empty where nobody's does; ``fresh_for`` is in days (0: for
    ever); ``retention`` is in days after the purpose ended. ``said`` has whole phrases (Chinese, English) for the keys ``yes`` and ``no``:
    "领取高龄津贴：否" is no sentence.
    """

    code: str
    holder: Holder
    kind: Kind
    zh: str
    en: str
    group: str
    purpose: str
    basis: str
    retention: int
    sensitive: bool = False
    resident_sees: bool = True
    authority: str = ""
    fresh_for: int = 0
    choices: tuple[tuple[str, str, str], ...] = ()
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    def label(self, language: str) -> str:
        """The data label in ``zh…`` or English."""
        return self.zh if language.lower().startswith("zh") else self.en


@cache
def elements() -> dict[str, Element]:
    """All registered elements by code, in the order of the file."""
    text = resources.files(__package__).joinpath("elements.yaml").read_text(encoding="utf-8")
    defaults, rows = (yaml.safe_load(text)[part] for part in ("defaults", "elements"))
    found: dict[str, Element] = {}
    for row in rows:
        if row["code"] in found:
            raise ValueError(f"elements.yaml: {row['code']} is registered twice")
        choices = tuple((str(c[0]), c[1], c[2]) for c in row.get("choices", ()))
        phrases = {key: (zh, en) for key, (zh, en) in row.get("said", {}).items()}
        found[row["code"]] = Element(**{**defaults, **row, "choices": choices, "said": phrases})
    return found


def element(code: str) -> Element:
    """One element; raises ``UnknownElement``."""
    try:
        return elements()[code]
    except KeyError:
        raise UnknownElement(code) from None


def of_holder(holder: Holder) -> list[Element]:
    """The elements that describe a person, a household, a dwelling or an organisation."""
    return [one for one in elements().values() if one.holder == holder]
