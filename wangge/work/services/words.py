"""What states, modes and uses are called: data labels in both languages, from ``words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from django.utils.translation import get_language


@cache
def _words() -> dict[str, dict[str, tuple[str, str]]]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {
        group: {str(k): (v[0], v[1]) for k, v in rows.items()} for group, rows in yaml.safe_load(text).items()
    }


def both(group: str, code: str) -> tuple[str, str]:
    """The Chinese and the English word for a code; the code itself where it has no word."""
    return _words()[group].get(code, (code, code))


def chosen(zh: str, en: str) -> str:
    """The one in the language of whoever is served."""
    return zh if (get_language() or "zh").lower().startswith("zh") else en or zh
