"""The outcomes that a to-do may end in, by kind of to-do. Words are what staff see; ``code`` is what origins hear."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One way to end. ``ends`` is False where the matter stays open and is tried again after ``again_in`` days."""

    code: str
    zh: str
    en: str
    ends: bool = True
    again_in: int = 0
    visited: bool = True


_AT_A_DOOR = (
    Outcome("not_at_home", "不在家", "Not at home", ends=False, again_in=2),
    Outcome("moved_away", "已搬走", "Moved away"),
    Outcome("deceased", "已去世", "Deceased"),
    Outcome("mismatch", "情况不符", "Not as described"),
)
KINDS: dict[str, tuple[Outcome, ...]] = {
    "service": (
        Outcome("settled", "已办结", "Done"),
        Outcome("not_needed", "不需要", "Not needed"),
        Outcome("declined", "本人谢绝", "Declined"),
        *_AT_A_DOOR,
    ),
    "visit": (
        Outcome("settled", "已探访", "Visited"),
        Outcome("declined", "本人谢绝", "Declined"),
        *_AT_A_DOOR,
    ),
    "confirm": (
        Outcome("confirmed", "属实", "Confirmed"),
        Outcome("corrected", "已更正", "Corrected"),
        Outcome("cannot_tell", "无法确认", "Can't be told"),
        *_AT_A_DOOR,
    ),
    "verify": (
        Outcome("true", "属实", "As reported", visited=False),
        Outcome("false", "不属实", "Not as reported", visited=False),
        Outcome("not_found", "未发现", "Nothing found", visited=False),
    ),
    "check": (
        Outcome("passed", "核查通过", "Handled as it should be", visited=False),
        Outcome("failed", "核查不通过", "Not handled", visited=False),
    ),
    "office": (
        Outcome("settled", "已办结", "Done", visited=False),
        Outcome("not_needed", "不需要", "Not needed", visited=False),
        Outcome("declined", "本人谢绝", "Declined", visited=False),
    ),
}


def outcome(kind: str, code: str) -> Outcome | None:
    """The outcome of this code for this kind of to-do, or None."""
    return next((one for one in KINDS[kind] if one.code == code), None)
