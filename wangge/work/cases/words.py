"""What states, verbs, axes and posts are called: data labels in both languages, from ``words.yaml``."""

from __future__ import annotations

from wangge.platform.access.labels import Labels
from wangge.platform.access.labels import chosen as chosen
from wangge.platform.access.labels import in_chinese as in_chinese

_LABELS = Labels("wangge.work.cases")
both, codes = _LABELS.both, _LABELS.codes


def say(group: str, code: str) -> str:
    """The word in the language of whoever is served."""
    return chosen(*both(group, code))


def post(post: str) -> str:
    """The word for a post as ``policy.post_of`` names it (``department_clerk:water`` and ``system:importer`` too)."""
    return say("posts", post.split(":", 1)[0])
