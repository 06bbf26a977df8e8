"""Binding an account to a person: by a code, or by a city's real-name sign-in. Nothing that anybody can know suffices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.platform.access import actions as access
from wangge.platform.access import actors, policy
from wangge.platform.access.errors import Conflict, Invalid, NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.residents import codes, limits, proofs
from wangge.work.residents.inviting import must_be_unbound
from wangge.work.residents.models import Attempt, Binding, Invitation


def bind(*, code: str, by: Actor) -> None:
    """Bind this account to the person whom a code was made for. Call it outside a transaction: a wrong code must count.

    Raises ``Invalid`` for a code that is wrong, used, expired or another account's (all alike), ``TooMany`` while locked.
    """
    must_be_unbound(by)
    attempt = limits.count_attempt(by)
    with transaction.atomic():
        row = use(code, ("worker", "phone"), by)
        if row is not None:
            Attempt.objects.filter(pk=attempt).update(right=True)
            _bind(row.person, row.way, by, post=row.post)
            return
    limits.count_wrong(by)
    raise wrong_code()


def bind_by_real_name(*, by: Actor) -> None:
    """Bind this account to whom the city's real-name sign-in vouches for. Raises ``Conflict`` where nothing does."""
    must_be_unbound(by)
    for name, provider in proofs.providers().items():
        said = provider.vouches_for(by.id)
        if said is None:
            continue
        found = registry.people(actors.system("residents"), search=said.id_number).items
        names = registry.people(actors.system("residents"), search=said.name, limit=200).items
        both = {one.uid for one in found} & {one.uid for one in names}
        if len(both) == 1:
            with transaction.atomic():
                _bind(both.pop(), "real_name", by, post=name)
            return
    raise Conflict(
        "no_real_name", _("No real-name sign-in vouches for this account."), advice=_("Ask your grid worker for a code.")
    )  # fmt: skip


@transaction.atomic
def unbind(*, binding: str, by: Actor) -> None:
    """End a binding of one's own: this account's or another's that is bound to the same person."""
    policy.require(by, "residents.me")
    ids = registry.all_ids(actors.person_of(by) or "")
    rows = Binding.objects.select_for_update().filter(person__in=ids, ended_at=None)
    row = next((one for one in rows if str(one.uid) == binding), None)
    if row is None:
        raise NotFound("no_such_binding", _("There is no such binding."))
    Binding.objects.filter(pk=row.pk).update(ended_at=clock.now())
    access.bind_person(user=row.account.removeprefix("user:"), person="", by=by)
    trail.record(
        by=by, verb="residents.unbind", object_kind="user", object_id=row.account.removeprefix("user:"),
        details={"subjects": [row.person]},
    )  # fmt: skip


def use(code: str, ways: tuple[str, ...], by: Actor) -> Invitation | None:
    """The invitation that this account may use with this code, used up; None where there is none. Inside a transaction."""
    fitting = codes.digests(code) + codes.digests(code, by.id)
    rows = Invitation.objects.select_for_update().filter(
        digest__in=fitting, way__in=ways, used_at=None, ended_at=None
    )
    row = next((one for one in rows if _good(one, by)), None)
    if row is None:
        return None
    used = Invitation.objects.filter(pk=row.pk, used_at=None).update(used_at=clock.now(), used_by=by.id)
    return row if used else None


def wrong_code() -> Invalid:
    """One answer for every code that isn't good."""
    return Invalid("wrong_code", _("This code isn't good."), advice=_("Check it, or ask for a new one."))


def _good(row: Invitation, by: Actor) -> bool:
    if not row.person or row.account not in ("", by.id) or row.expires_at <= _now(row):
        return False
    # Whoever made a code for somebody else can't use it.
    return row.way == "phone" or row.made_by != by.id


def _now(row: Invitation) -> datetime:
    return clock.real_now() if row.way == "phone" else clock.now()


def _bind(person: str, way: str, by: Actor, *, post: str) -> None:
    today = registry.current(person)
    Binding.objects.create(account=by.id, person=today, way=way, post=post, at=clock.now())
    access.bind_person(user=by.id.removeprefix("user:"), person=today, by=by)
    trail.record(
        by=by, verb="residents.bind", object_kind="user", object_id=by.id.removeprefix("user:"),
        details={"subjects": [today], "way": way},
    )  # fmt: skip
