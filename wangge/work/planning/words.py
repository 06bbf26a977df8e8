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
    "by_hand": gettext_noop(
        "Changed by hand: %(community)s has %(total)s households, by number enough to keep every grid in range."
    ),
}

REFUSALS = {
    "nothing_chosen": gettext_noop("No building is chosen."),
    "other_community": gettext_noop(
        "A grid stays inside its community: a building of another one can't join it."
    ),
    "no_such_grid": gettext_noop("Grid %(grid)s isn't in this scenario any more."),
    "same_grid": gettext_noop("A grid can't be merged with itself."),
    "target_apart": gettext_noop(
        "Grid %(grid)s would fall apart: what joins it must be next to one of its buildings."
    ),
    "source_apart": gettext_noop(
        "Grid %(grid)s would fall apart: without these buildings its rest isn't connected."
    ),
    "no_neighbours": gettext_noop("Grids %(grid)s and %(other)s aren't next to each other."),
    "no_part": gettext_noop("Choose some of the buildings of grid %(grid)s, not all of them."),
    "parts_apart": gettext_noop("Grid %(grid)s can't be cut there: one of the two parts isn't connected."),
    "no_cut": gettext_noop(
        "Grid %(grid)s has no cut into two halves: choose the buildings of one part yourself."
    ),
    "nothing_to_undo": gettext_noop("There is nothing to undo."),
}


def refusal(code: str, grid: str, other: str) -> str:
    """Why a change by hand is refused, in the reader's language; grids by their names."""
    return gettext(REFUSALS[code]) % {"grid": grid, "other": other}


def reason(why: str, said: dict[str, str]) -> str:
    """The sentence for a reason; the bare code for one that these words don't know."""
    return gettext(SENTENCES[why]) % said if why in SENTENCES else why
