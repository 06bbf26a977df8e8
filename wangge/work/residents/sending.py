"""A code on its way to a held number. What is done takes place out of sight of whoever asked."""

from __future__ import annotations

from django.db import transaction

from wangge.ground.registry import columns as registry_columns
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, allowances
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.connectors import sms
from wangge.work.residents import codes
from wangge.work.residents.models import Invitation

HOLDER, PURPOSE = "residents", "resident_binding"
MOST = 20
"""A number that stands on more people than this is nobody's own."""


def send(invitation: str) -> bool:
    """Send an invitation's code if its number is held by one person; returns whether it went out. The number is forgotten.

    A number that several people hold (a parent's, a home's) proves nobody: its owner is told to ask the worker. Raises
    ``SmsUnavailable``: try later.
    """
    row = Invitation.objects.get(uid=invitation)
    if row.phone is None or row.used_at or row.ended_at or row.expires_at <= clock.real_now():
        Invitation.objects.filter(pk=row.pk).update(phone=None)
        return False
    held_by = holders(str(row.phone))
    text = _code(row) if len(held_by) == 1 else _shared() if held_by else ""
    if text:
        try:
            sms.gateway().send(str(row.phone), text, f"residents:{row.uid}")
        except sms.SmsRefused:
            text = ""
    person = held_by[0] if text and len(held_by) == 1 else ""
    Invitation.objects.filter(pk=row.pk, used_at=None).update(phone=None, person=person)
    return bool(person)


def holders(number: str) -> list[str]:
    """The persons whose own number this is (not their guardian's, and not anything else that reads alike)."""
    system = actors.system("residents")
    likely = [one.uid for one in registry.people(system, search=number, limit=MOST + 1).items]
    if not likely:
        return []
    _allow()
    held = registry_columns.columns(
        purpose=PURPOSE, elements=["phone"], by=system, holder=HOLDER, persons=likely
    )
    pairs = zip(held.column("person").to_pylist(), held.column("phone").to_pylist(), strict=True)
    return [person for person, phone in pairs if phone == number]


def _allow() -> None:
    """This room may compare numbers for this purpose: written down like any other allowance, once."""
    if "phone" in allowances.allowed_elements(holder=HOLDER, purpose=PURPOSE):
        return
    with transaction.atomic():
        allowances.allow(
            kind="binding", reference=HOLDER, holder=HOLDER, elements=["phone"], purpose=PURPOSE,
            from_at=clock.now(), until=None,
        )  # fmt: skip


def _code(row: Invitation) -> str:
    code = next(c for c in codes.phone_codes(row.uid) if row.digest in codes.digests(c, row.account))
    return (
        f"【{city.value('city_name_zh')}网格】验证码{code}，10分钟内有效，用于绑定居民账号。请勿告诉任何人。"
    )


def _shared() -> str:
    return f"【{city.value('city_name_zh')}网格】这个号码登记在不止一人名下，不能用短信绑定居民账号。请向网格员索取一次性验证码。"
