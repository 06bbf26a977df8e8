"""A case that somebody wants to act on: found, locked, and whether it is theirs to do now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import is_uid
from wangge.platform.stores import rows
from wangge.work.cases import states, words
from wangge.work.cases.models import Case
from wangge.work.cases.refusals import moved_on, no_such_case
from wangge.work.cases.standing import moment, standing_of
from wangge.work.cases.states import Move


def held(*, case: str, verb: str, by: Actor, version: int | None) -> tuple[Case, Move]:
    """The case, locked, and the line of the table by which the actor may do this to it now."""
    row = _locked(case)
    if row is None:
        raise no_such_case()
    line = states.find(row.state, verb, standing_of(row, moment()))
    _may(by, row, line.permission if line else states.permission_of(verb), verb)
    if line is None or (version is not None and version != row.version):
        raise moved_on(row, verb)
    return row, line


def seen(*, case: str, by: Actor) -> Case:
    """The case, locked, if the actor may see it; raises ``NotFound``."""
    row = _locked(case)
    if row is None or not scope(by, "cases.see").covers(row.area, row.department):
        raise no_such_case()
    return row


def _locked(case: str) -> Case | None:
    return rows.get(Case, "uid", case, lock=True) if is_uid(case) else None


def _may(by: Actor, row: Case, permission: str, verb: str) -> None:
    """Whether the actor may do this to this case. Scope is that of the permission, so a department does only its own."""
    if verb in ("rate", "reopen"):
        return  # `actions` found the case by the reporter's code or account
    if verb in ("verify", "check"):
        policy.require(
            by, permission
        )  # where, the to-do decides: it is held by whoever is on duty there today
        return
    if policy.allows(by, permission) and scope(by, permission).covers(row.area, row.department):
        return
    if policy.allows(by, "cases.see") and scope(by, "cases.see").covers(row.area, row.department):
        raise Forbidden(
            "not_yours", _("This act isn't part of your posts, or the case isn't in your hands: %(verb)s.")
            % {"verb": words.say("verbs", verb)}, advice=_("The case says who may do it."),
        )  # fmt: skip
    raise no_such_case()
