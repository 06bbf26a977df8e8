"""What states, verbs, axes and posts are called: data labels in both languages, from ``words.yaml``."""

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


def say(group: str, code: str) -> str:
    """The word in the language of whoever is served."""
    zh, en = both(group, code)
    return zh if in_chinese() else en


def codes(group: str) -> frozenset[str]:
    """The codes of a group that have a word."""
    return frozenset(_words()[group])


def post(post: str) -> str:
    """The word for a post as ``policy.post_of`` names it (``department_clerk:water`` and ``system:importer`` too)."""
    return say("posts", post.split(":", 1)[0])


def in_chinese() -> bool:
    """Whether whoever is served reads Chinese."""
    return (get_language() or "zh").lower().startswith("zh")
