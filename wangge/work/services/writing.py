"""Writing what a screening changed, in short transactions with their audit rows."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.work.services.findings import Change
from wangge.work.services.models import Entitlement
from wangge.work.services.short_writes import each_in_short_writes
from wangge.work.todos import actions as todos

NO_LONGER = "不再符合条件 / no longer entitled"
AT_ONCE = 25
"""New rows a statement."""


def write(changes: Sequence[Change], by: Actor) -> int:
    """Write changes; returns how many. A row that somebody else has moved on meanwhile is left to the next screening."""
    if not changes:
        return 0
    code = changes[0].programme.code
    new = [change for change in changes if change.row is None]
    blocks = [new[i : i + AT_ONCE] for i in range(0, len(new), AT_ONCE)]
    made = each_in_short_writes(blocks, _add, lambda count: _audit(code, count, by))
    old = [change for change in changes if change.row is not None]
    return made + each_in_short_writes(old, lambda c: _change(c, by), lambda count: _audit(code, count, by))


def _add(block: Sequence[Change]) -> int:
    """A person whom another screening found in the meantime stays as that one found them."""
    wanted = {(change.values["person"], change.values["round"]): change for change in block}
    persons = [person for person, _ in wanted]
    there = Entitlement.objects.filter(programme=block[0].programme, person__in=persons)
    for key in there.values_list("person", "round"):
        wanted.pop(key, None)
    Entitlement.objects.bulk_create(
        [Entitlement(programme=change.programme, **change.values) for change in wanted.values()],
        ignore_conflicts=True,
    )
    return len(wanted)


def _change(change: Change, by: Actor) -> int:
    row = change.row
    assert row is not None
    mine = Entitlement.objects.filter(pk=row.pk)
    written = mine.filter(state=row.state).update(**change.values)
    if written and row.state == "pushed" and change.values.get("state") == "lapsed":
        uid = mine.values_list("uid", flat=True).get()
        todos.withdraw(origin=("services", str(uid)), why=NO_LONGER, by=by)
    return written


def _audit(code: str, count: int, by: Actor) -> None:
    trail.record(
        by=by, verb="services.screen", object_kind="programme", object_id=code, details={"changed": count}
    )
