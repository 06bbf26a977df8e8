"""How often whoever holds no post may report, send photos or try tracking codes, by the address they come from.

An address is a household, a school or a whole street behind one router: limits are wide enough for many people, and narrow
enough that nobody floods the desk or guesses codes. They are settings of the installation (`docs/settings.md`) and run on real
time, whatever the domain's clock says. Each of the server's processes counts for itself, in Django's cache.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wangge.platform.access.errors import NotFound, TooMany
from wangge.platform.access.records import Held
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

NAMES = ("reports", "photos", "codes")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ONE = re.compile(r"^(\d+)/(\d+)([smhd])$")


@dataclass(frozen=True)
class Bound:
    """At most so many within so many seconds."""

    most: int
    within: int


@lru_cache(maxsize=16)
def bounds(text: str) -> tuple[Bound, ...]:
    """``30/10m 300/1d`` as bounds; empty for an empty text, which limits nothing. Raises ``ImproperlyConfigured``."""
    found = []
    for one in text.replace(",", " ").split():
        read = _ONE.match(one)
        if read is None or int(read[1]) < 1 or int(read[2]) < 1:
            raise ImproperlyConfigured(
                f"{one!r} is no limit: write how many within how long, such as 30/10m or 300/1d."
            )
        found.append(Bound(int(read[1]), int(read[2]) * _UNITS[read[3]]))
    return tuple(found)


def count(request: HttpRequest, actor: Actor, name: str) -> None:
    """Count one of these acts. Raises ``TooMany`` beyond its limit; whoever holds a post isn't counted."""
    if holds_a_post(actor):
        return
    for key, bound, _left in _windows(request, name):
        cache.add(key, 0, timeout=bound.within)
        try:
            cache.incr(key)
        except ValueError:  # the window closed between the two lines
            cache.set(key, 1, timeout=bound.within)
    _refuse_beyond(request, name, allowed=0)


def counting_misses(request: HttpRequest, actor: Actor, name: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the view answers
    """Run the act; where it finds nothing, count that. Raises ``TooMany`` for everything while there were too many misses."""
    if holds_a_post(actor):
        return act()
    _refuse_beyond(request, name, allowed=-1)
    try:
        return act()
    except NotFound:
        count(request, actor, name)
        raise


def holds_a_post(actor: Actor) -> bool:
    """Whether somebody answers for what this account does. Anybody may make an account: it counts like nobody's."""
    return any(isinstance(held, Held) for held in actor.holds)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: a network of IPv6 is one household's, as an address of IPv4 is.

    Behind proxies (``WANGGE_PROXIES``) it is what the outermost of ours wrote down; what came before it anybody can write.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    behind = int(settings.WANGGE_PROXIES)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if behind and passed:
        said = passed[-min(behind, len(passed))]
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said[:60]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _windows(request: HttpRequest, name: str) -> list[tuple[str, Bound, int]]:
    """For each bound the key of its window that is open now, and how many seconds it stays open."""
    now, who = int(clock.real_now().timestamp()), address_of(request)
    text = {
        "reports": settings.WANGGE_LIMIT_REPORTS,
        "photos": settings.WANGGE_LIMIT_PHOTOS,
        "codes": settings.WANGGE_LIMIT_CODES,
    }
    return [
        (f"limit:{name}:{one.within}:{now // one.within}:{who}", one, one.within - now % one.within)
        for one in bounds(text[name])
    ]


def _refuse_beyond(request: HttpRequest, name: str, *, allowed: int) -> None:
    waits = [
        left for key, bound, left in _windows(request, name) if (cache.get(key) or 0) > bound.most + allowed
    ]
    if not waits:
        return
    wait = max(waits)
    minutes = max(1, -(-wait // 60))
    raise TooMany(
        "too_often",
        _("Too many came from this network in a short time."),
        advice=_("Try again in %(minutes)s min. In a hurry, ring 12345.") % {"minutes": minutes},
        retry_after=wait,
    )
