"""What may happen to an entitlement: one table. Everything else is derived from it.

A line reads: in one of these *states*, this *verb* leads to the state *to* (``=``: it stays), if *when* holds; *who* does it
under *permission*. The rule (``screening``) finds, doubts and loses; only people and dates that people set decide. There is no
line by which a screening leaves a decided state: what somebody declined, or got, a re-run never offers again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

Who = Literal["screening", "delivery", "clerk", "resident", "door", "schedule"]


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table."""

    states: str
    verb: str
    to: str
    when: str
    who: Who
    permission: str

    def leads_to(self, state: str) -> str:
        """The state after the verb."""
        return state if self.to == "=" else self.to


# fmt: off
TABLE = (
    # in state                             verb          to              when        who          permission
    Move("new",                            "find",       "proposed",     "",         "screening", "services.manage"),
    Move("new",                            "doubt",      "undetermined", "",         "screening", "services.manage"),
    Move("undetermined lapsed",            "find",       "proposed",     "",         "screening", "services.manage"),
    Move("to_confirm",                     "find",       "proposed",     "asks",     "screening", "services.manage"),
    Move("proposed to_confirm pushed confirmed",
                                           "find",       "=",            "",         "screening", "services.manage"),
    Move("proposed to_confirm lapsed",     "doubt",      "undetermined", "",         "screening", "services.manage"),
    Move("undetermined pushed confirmed",  "doubt",      "=",            "",         "screening", "services.manage"),
    Move("undetermined proposed to_confirm pushed",
                                           "lose",       "lapsed",       "",         "screening", "services.manage"),
    Move("confirmed",                      "lose",       "=",            "",         "screening", "services.manage"),

    # How it reaches people: a clerk's list where data suffice, else a to-do.
    Move("proposed",                       "list",       "to_confirm",   "by data",  "delivery",  "services.manage"),
    Move("proposed",                       "push",       "pushed",       "by hand",  "delivery",  "services.manage"),

    # Granted without application: a clerk confirms, the person is told and may decline, then it settles.
    Move("to_confirm",                     "confirm",    "confirmed",    "",         "clerk",     "services.confirm"),
    Move("to_confirm confirmed",           "refuse",     "refused",      "",         "clerk",     "services.confirm"),
    Move("confirmed",                      "settle",     "settled",      "stands",   "schedule",  "services.manage"),
    Move("confirmed",                      "uphold",     "settled",      "doubtful", "clerk",     "services.confirm"),

    # At a door, or by telephone.
    Move("pushed",                         "finish",     "settled",      "",         "door",      "todos.settle"),
    Move("pushed",                         "not_need",   "not_needed",   "",         "door",      "todos.settle"),
    Move("pushed",                         "turn_down",  "declined",     "",         "door",      "todos.settle"),
    Move("pushed",                         "contradict", "mismatch",     "",         "door",      "todos.settle"),

    # The person's own word stands until the person says otherwise.
    Move("undetermined proposed to_confirm pushed confirmed",
                                           "decline",    "declined",     "",         "resident",  "services.offered"),
    Move("declined not_needed",            "ask_again",  "proposed",     "",         "resident",  "services.offered"),
    Move("not_needed mismatch refused",    "reopen",     "proposed",     "",         "clerk",     "services.confirm"),
)
# fmt: on

WAITING = ("undetermined", "proposed", "to_confirm", "pushed")
DECIDED = ("confirmed", "settled", "declined", "not_needed", "mismatch", "refused")
STATES = (*WAITING, *DECIDED, "lapsed")
NOT_RECEIVING = ("proposed", "to_confirm", "pushed", "confirmed")
"""Entitled and not receiving (应享未享)."""
VERBS = tuple(dict.fromkeys(move.verb for move in TABLE))

OF_OUTCOME = {
    "settled": "finish",
    "not_needed": "not_need",
    "declined": "turn_down",
    "moved_away": "contradict",
    "deceased": "contradict",
    "mismatch": "contradict",
}
"""The verb that a to-do's outcome is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entitlement stands, as far as a condition of the table asks.

    ``stands``: the rule still says so; ``asks``: something needed is not held; ``by_hand``: its mode takes a person to bring it.
    """

    stands: bool = True
    asks: bool = False
    by_hand: bool = False


CONDITIONS: dict[str, Callable[[Standing], bool]] = {
    "": lambda standing: True,
    "asks": lambda standing: standing.asks,
    "by data": lambda standing: not standing.by_hand and not standing.asks,
    "by hand": lambda standing: standing.by_hand or standing.asks,
    "stands": lambda standing: standing.stands,
    "doubtful": lambda standing: not standing.stands,
}


@cache
def find(state: str, verb: str, standing: Standing) -> Move | None:
    """The first line for this verb in this state whose condition holds, or None."""
    return next((m for m in possible(state, standing) if m.verb == verb), None)


def possible(state: str, standing: Standing) -> list[Move]:
    """What may be done now, one line a verb, in the table's order."""
    found: dict[str, Move] = {}
    for move in TABLE:
        if state in move.states.split() and move.verb not in found and CONDITIONS[move.when](standing):
            found[move.verb] = move
    return list(found.values())


def permission_of(verb: str) -> str:
    """The permission that a verb needs."""
    return next(move.permission for move in TABLE if move.verb == verb)
