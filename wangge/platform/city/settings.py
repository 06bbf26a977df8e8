"""Every setting of a city: its key, its default, and what it means. A key that isn't here doesn't exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import transaction

from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city.models import Setting
from wangge.platform.clock import clock

T = TypeVar("T")


@dataclass(frozen=True)
class Described:
    """A setting's default and its meaning, with units."""

    default: Any
    meaning: str


SETTINGS: dict[str, Described] = {
    "city_name_zh": Described("宜昌市", "The city's name in Chinese."),
    "city_name_en": Described("Yichang", "The city's name in English."),
    "city_code": Described("4205", "Prefix of all division codes of the city (GB/T 2260)."),
    "working_hours": Described(
        {
            "mon": ["08:30-12:00", "14:30-18:00"],
            "tue": ["08:30-12:00", "14:30-18:00"],
            "wed": ["08:30-12:00", "14:30-18:00"],
            "thu": ["08:30-12:00", "14:30-18:00"],
            "fri": ["08:30-12:00", "14:30-18:00"],
            "sat": [],
            "sun": [],
        },
        "Working hours by day of the week, half-open intervals on the city's clock; working Saturdays use Friday's.",
    ),
    "desk_shifts": Described(
        ["08:30", "18:00"],
        "When the shifts at the centre's desks begin, on the city's clock, in order; each ends where the next begins.",
    ),
    "grid_code_digits": Described(3, "Digits that a grid's number adds to its community's 12-digit code."),
    "households_low": Described(300, "Fewest living households of a grid."),
    "households_high": Described(500, "Most living households of a grid."),
    "knocks_per_month": Described(
        1, "Uninvited visits a household may receive in a calendar month, all departments together."
    ),
    "visiting_hours": Described(
        ["09:00", "20:00"], "Between these times a door may be knocked at without an invitation."
    ),
    "roles_held_together": Described(
        [], "Pairs `role+role` across the two axes of a case that one person may hold here."
    ),
    "stage_limits": Described(
        {
            "accept": "1 工作时",
            "verify": "2 工作时",
            "file": "1 工作时",
            "dispatch": "1 工作时",
            "sign": "1 工作时",
            "check": "4 工作时",
            "close": "4 工作时",
        },
        "Time limits of the stages of a case; handling has the limit of its class.",
    ),
    "check_by_other_than_handler": Described(
        True, "A case is checked on site by somebody other than its handler."
    ),
    "reopen_within_days": Described(15, "Days after closing within which the reporter may reopen a case."),
    "same_case_metres": Described(
        50, "Distance within which an open case of the same class is offered as a duplicate."
    ),
    "classes_in_public": Described(
        ["P", "E01", "E02", "E03"],
        "What the codes of case classes in public places begin with: of these the reporter sees the photos after handling.",
    ),
    "invitation_days": Described(7, "Days for which a resident's one-time code is good."),
    "question_limit": Described(
        "5 工作日", "Time within which a resident's question about a look at their data is answered."
    ),
    "consent_purposes": Described(
        [
            {
                "code": "checkup_reminder",
                "department": "health",
                "zh": "电话提醒体检和用药",
                "en": "Reminders of check-ups and medicine by telephone",
                "why_zh": "到了该体检、该续药的日子，打电话提醒您。不同意不影响看病和体检。",
                "why_en": "You are rung when a check-up or new medicine is due. Without it you are treated just the same.",
                "elements": ["name", "phone"],
                "days": 365,
            },
            {
                "code": "lonely_call",
                "department": "civil_affairs",
                "zh": "独居老人每周问候电话",
                "en": "A weekly call to old people who live alone",
                "why_zh": "每周打一次电话问好，三次没人接就请网格员上门看看。不同意不影响领津贴。",
                "why_en": "You are rung once a week; after three calls without an answer the grid worker comes to see. Allowances don't depend on it.",
                "elements": ["name", "phone", "living_address", "lives_alone"],
                "days": 365,
            },
        ],
        "What departments may ask residents to consent to, and nothing else: code, department, names, why, elements, longest days.",
    ),
    "link_certain": Described(0.99, "Probability from which a linked pair needs no person's decision."),
    "link_possible": Described(0.50, "Probability below which a pair is not worth a person's time."),
}

_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


def value(key: str) -> Any:  # noqa: ANN401 - each key has a shape of its own, documented above
    """The city's value, or the default. Raises ``KeyError`` for a key that isn't registered."""
    described = SETTINGS[key]

    def read() -> Any:  # noqa: ANN401
        row = Setting.objects.filter(key=key).values_list("value", flat=True).first()
        return described.default if row is None else row

    return kept(key, read)


def kept(key: str, read: Callable[[], T]) -> T:
    """What ``read`` gives, read anew each time or, while ``read_once`` lasts, once."""
    found = _kept.get()
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    return cast("T", found[key])


def drop(key: str) -> None:
    """Forget what was kept: it has changed."""
    (_kept.get() or {}).pop(key, None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read each setting only once while this lasts: for long work that a change elsewhere need not reach before it ends."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


@transaction.atomic
def change(*, key: str, to: Any, by: Actor) -> None:  # noqa: ANN401
    """Change a setting. Raises ``KeyError`` for an unknown key, ``TypeError`` for a value of another shape."""
    described = SETTINGS[key]
    if type(to) is not type(described.default) and not (
        isinstance(to, int | float) and isinstance(described.default, float)
    ):
        raise TypeError(
            f"{key}: expected {type(described.default).__name__}, got {type(to).__name__}. {described.meaning}"
        )
    Setting.objects.update_or_create(key=key, defaults={"value": to, "changed_at": clock.now()})
    drop(key)
    trail.record(by=by, verb="city.change_setting", object_kind="setting", object_id=key)
