"""Why a grid is out of range, in the reader's words. The planner names the reason by a code."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

SENTENCES = {
    "nobody_lives_here": gettext_noop(
        "Nobody lives in %(community)s: there are no households to fill a grid with."
    ),
    "unit_above_high": gettext_noop("%(unit)s alone has %(unit_households)s households, more than %(high)s."),
    "too_few": gettext_noop("%(community)s has only %(total)s households, fewer than %(low)s."),
    "no_count_fits": gettext_noop(
        "%(community)s has %(total)s households: no number of grids between %(low)s and %(high)s fits."
    ),
    "not_proven": gettext_noop(
        "%(community)s has %(total)s households, enough by number; no cut that keeps this grid in range was found, "
        "nor proven impossible."
    ),
    "not_proven_beside": gettext_noop(
        "%(community)s has a grid that must be out of range; whether this one must too is not proven."
    ),
}


def reason(why: str, said: dict[str, str]) -> str:
    """The sentence for a reason; the bare code for one that these words don't know."""
    return gettext(SENTENCES[why]) % said if why in SENTENCES else why
