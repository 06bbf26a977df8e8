"""Telling a person that a service was confirmed: a short message to the number that is held, if the programme declares it.

Whoever has no number on record reads it in the portal, or hears it from the grid worker. The message names the service and the
day, nothing about the person.
"""

from __future__ import annotations

from wangge.ground.registry import columns as registry
from wangge.platform.access import actors
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.connectors import sms
from wangge.work.services.declaring import TELLING, holder
from wangge.work.services.models import Entitlement


def tell(uid: str) -> bool:
    """Send the message once; returns whether there was anybody to send it to. Raises ``SmsUnavailable``: try later."""
    row = Entitlement.objects.select_related("programme", "version").get(uid=uid)
    if row.state != "confirmed" or row.told_at is not None:
        return False
    held = registry.columns(
        purpose=row.version.purpose, elements=[TELLING], by=actors.system("rescreen"),
        holder=holder(row.programme.code), persons=[row.person],
    )  # fmt: skip
    number = held.column(TELLING)[0].as_py() if held.num_rows else None
    if not number:
        return False
    try:
        sms.gateway().send(number, _message(row), f"services:{row.uid}:{row.decline_until}")
    except sms.SmsRefused:
        return False
    Entitlement.objects.filter(pk=row.pk, told_at=None).update(told_at=clock.now())
    return True


def _message(row: Entitlement) -> str:
    until = row.decline_until
    day = f"{until.month}月{until.day}日" if until else ""
    return (
        f"【{city.value('city_name_zh')}网格】您符合“{row.programme.name_zh}”的条件，无需申请。"
        f"如不需要，请于{day}前在居民端谢绝，或告诉网格员。"
    )
