"""What residents read instead of codes: data labels in both languages, from ``words.yaml``."""

from __future__ import annotations

from wangge.platform.access.labels import Labels

_LABELS = Labels("wangge.work.residents")
both = _LABELS.both
codes = _LABELS.codes


def known(group: str, code: str) -> bool:
    """Whether a code has a word."""
    return code in _LABELS.codes(group)
