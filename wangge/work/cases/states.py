"""What may happen to a case: one table. Who wants to know the loop reads ``TABLE``; everything else is derived from it.

A line reads: in one of these *states*, this *verb* leads to the state *to* (``=``: it stays), if *when* holds.
*axis*: supervision sees that things are right, command gets them done; neither does the other's work. *permission* is a
line of ``access/policy.py``. *clock* is what the verb does to the clock of handling, which runs in the class's own
unit: signing doesn't touch it, an edit doesn't touch it, asking for more time doesn't touch it.

The queues are those of a supervision centre (待受理 → 待核实 → 待立案 → 待派遣 → 待签收 → 处置中 → 待批转 → 待核查 → 待结案);
what they and the verbs are called is data (``words.yaml``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Axis = Literal["reporter", "supervision", "field", "command", "system"]
Clock = Literal["", "start", "stop", "resume", "extend", "forget"]


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table."""

    states: str
    verb: str
    to: str
    when: str
    axis: Axis
    permission: str
    clock: Clock = ""

    def leads_to(self, state: str) -> str:
        """The state after the verb."""
        return state if self.to == "=" else self.to


# fmt: off
TABLE = (
    # in state                      verb               to             when         axis           permission        clock
    Move("new",                     "report",          "to_accept",   "",          "reporter",    "cases.report"),
    Move("to_accept",               "accept",          "to_file",     "seen",      "supervision", "cases.accept"),
    Move("to_accept",               "accept",          "to_verify",   "",          "supervision", "cases.accept"),
    Move("to_accept",               "reject",          "rejected",    "",          "supervision", "cases.accept"),
    Move("to_verify",               "verify",          "to_file",     "",          "field",       "cases.verify"),
    Move("to_file",                 "file",            "to_dispatch", "not false", "supervision", "cases.file"),
    Move("to_file",                 "reject",          "rejected",    "",          "supervision", "cases.file"),

    Move("to_dispatch",             "dispatch",        "to_sign",     "",          "command",     "cases.dispatch", "start"),
    Move("to_sign",                 "sign",            "handling",    "",          "command",     "cases.sign"),
    Move("handling",                "assign",          "=",           "",          "command",     "cases.sign"),
    Move("handling",                "handle",          "=",           "",          "command",     "cases.handle"),
    Move("handling",                "feed_back",       "to_forward",  "",          "command",     "cases.handle",   "stop"),
    Move("to_forward",              "forward",         "to_check",    "",          "command",     "cases.forward"),
    Move("to_forward",              "send_back",       "handling",    "",          "command",     "cases.forward",  "resume"),

    Move("to_check",                "check",           "to_close",    "",          "field",       "cases.check"),
    Move("to_close",                "close",           "closed",      "passed",    "supervision", "cases.close"),
    Move("to_close",                "rework",          "to_sign",     "failed",    "supervision", "cases.close",    "resume"),
    Move("closed",                  "rate",            "=",           "unrated",   "reporter",    "cases.rate"),
    Move("closed",                  "reopen",          "to_check",    "in time",   "reporter",    "cases.rate"),

    # Applications: the department asks, an approver decides.
    Move("to_sign handling",        "give_back",       "=",           "unasked",   "command",     "cases.sign"),
    Move("to_sign handling",        "extend",          "=",           "not late",  "command",     "cases.sign"),
    Move("handling",                "shelve",          "=",           "unasked",   "command",     "cases.sign"),
    Move("to_sign handling",        "allow_give_back", "to_dispatch", "asked",     "supervision", "cases.decide",   "forget"),
    Move("to_sign handling to_forward to_check to_close",
                                    "allow_extend",    "=",           "asked",     "supervision", "cases.decide",   "extend"),
    Move("handling",                "allow_shelve",    "shelved",     "asked",     "supervision", "cases.decide",   "stop"),
    Move("to_sign handling to_forward to_check to_close",
                                    "refuse",          "=",           "asked",     "supervision", "cases.decide"),
    Move("shelved",                 "resume",          "handling",    "",          "supervision", "cases.decide",   "resume"),

    # At any time.
    Move("to_accept to_verify",     "merge",           "merged",      "",          "supervision", "cases.accept"),
    Move("to_file to_dispatch",     "merge",           "merged",      "",          "supervision", "cases.file"),
    Move("to_accept to_verify to_file",
                                    "edit",            "=",           "",          "supervision", "cases.accept"),
    Move("to_dispatch to_sign handling to_forward to_check to_close shelved",
                                    "edit",            "=",           "",          "supervision", "cases.file"),
    Move("to_sign handling shelved", "supervise",      "=",           "",          "supervision", "cases.file"),
    Move("to_accept to_verify to_file to_dispatch to_sign handling to_forward to_check to_close shelved",
                                    "void",            "voided",      "",          "supervision", "cases.file",     "forget"),
)

QUEUES = ("to_accept", "to_verify", "to_file", "to_dispatch", "to_sign", "handling", "to_forward", "to_check", "to_close")
ASIDE = ("shelved",)
FINAL = ("closed", "rejected", "voided", "merged")
# The stage whose limit (city setting `stage_limits`) a state runs on; handling has the limit of its class instead.
STAGES = {"to_accept": "accept", "to_verify": "verify", "to_file": "file", "to_dispatch": "dispatch",
          "to_sign": "sign", "to_check": "check", "to_close": "close"}
# What is done on site is a to-do of the worker on duty in that grid: the state, the verb that settles it, its admission.
ON_SITE = {"to_verify": ("verify", "verify_case"), "to_check": ("check", "check_case")}
# fmt: on

OPEN = (*QUEUES, *ASIDE)
STATES = (*OPEN, *FINAL)
VERBS = tuple(dict.fromkeys(move.verb for move in TABLE))
APPLICATIONS = ("give_back", "extend", "shelve")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands, as far as a condition of the table asks.

    ``found`` is what the worker saw on site last in this state's stage (true, false, passed, failed or nothing);
    ``asked`` the kind of the application that waits; ``late`` whether the handling clock has run out.
    """

    patrol: bool = False
    found: str = ""
    asked: str = ""
    late: bool = False
    rated: bool = False
    reopenable: bool = False


def _asked(verb: str, standing: Standing) -> bool:
    return bool(standing.asked) and (verb == "refuse" or verb == f"allow_{standing.asked}")


CONDITIONS: dict[str, Callable[[str, Standing], bool]] = {
    "": lambda verb, standing: True,
    "seen": lambda verb, standing: standing.patrol,
    "not false": lambda verb, standing: standing.found != "false",
    "passed": lambda verb, standing: standing.found == "passed",
    "failed": lambda verb, standing: standing.found == "failed",
    "unasked": lambda verb, standing: not standing.asked,
    "not late": lambda verb, standing: not standing.late and not standing.asked,
    "unrated": lambda verb, standing: not standing.rated,
    "in time": lambda verb, standing: standing.reopenable,
    "asked": _asked,
}


def moves_from(state: str) -> list[Move]:
    """The lines that apply in a state, in the table's order."""
    return [move for move in TABLE if state in move.states.split()]


def find(state: str, verb: str, standing: Standing) -> Move | None:
    """The first line for this verb in this state whose condition holds, or None."""
    return next((m for m in possible(state, standing) if m.verb == verb), None)


def possible(state: str, standing: Standing) -> list[Move]:
    """What may be done now: one line a verb."""
    found: dict[str, Move] = {}
    for move in moves_from(state):
        if move.verb not in found and CONDITIONS[move.when](move.verb, standing):
            found[move.verb] = move
    return list(found.values())


def permission_of(verb: str) -> str:
    """The permission that a route for this verb names: its first line's, which all its other lines' roles hold too."""
    return next(move.permission for move in TABLE if move.verb == verb)
