"""A case's story as people read it: who did what, when, where it went, and what the clock did."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from wangge.platform.clock import clock
from wangge.work.cases import words
from wangge.work.cases.models import Step
from wangge.work.cases.records import StepRecord


def step(row: Step, departments: Mapping[str, str]) -> StepRecord:
    """A line of the story; ``departments`` are their names by code."""
    return StepRecord(
        n=row.n, verb=row.verb, from_state=row.from_state, to_state=row.to_state, at=row.at, seen_at=row.seen_at,
        by=row.by if row.name else "", post=row.post, name=row.name, note=row.note, clock=row.clock, department=row.department,
        found=row.found, limit=row.limit, due_at=row.due_at, text=story(row, departments),
    )  # fmt: skip


def story(row: Step, departments: Mapping[str, str]) -> str:
    """``2026-07-31 09:40 网格员 李秀兰 核实：属实，→ 待立案``."""
    who = " ".join(filter(None, [words.post(row.post), row.name]))
    found = words.say("found", row.found) if row.found else ""
    happened_ = consequence(row.from_state, row.to_state, row.clock, on_site=False)
    colon, comma = ("：", "，") if words.in_chinese() else (": ", ", ")
    to = departments.get(row.department, row.department) if row.verb == "dispatch" else ""
    what = comma.join(filter(None, [found, to, row.limit, happened_]))
    return f"{clock.local(row.at):%Y-%m-%d %H:%M} {who} {words.say('verbs', row.verb)}{colon if what else ''}{what}"


def consequence(state: str, to: str, clock_effect: str, *, on_site: bool) -> str:
    """``→ 待签收，开始计时``: where the case goes and what the clock does."""
    parts = [_("by the worker on duty, as a to-do")] if on_site else []
    parts += [f"→ {words.say('states', to)}"] if to != state else []
    parts += [words.say("clocks", clock_effect)] if clock_effect else []
    return ("，" if words.in_chinese() else ", ").join(parts)
