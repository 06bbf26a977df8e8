"""The order in which persons changed: each change takes the next place, and ``changed_since`` reads on from a place."""

from __future__ import annotations

from django.db.models import F

from wangge.ground.registry.models import Counter


def take(count: int) -> int:
    """Reserve ``count`` places; returns the first.

    The counter's row stays locked until the transaction ends: where writers aren't serial, a place taken later becomes visible
    later, so that nobody who reads on from a place ever passes one by.
    """
    if not Counter.objects.filter(name="person").update(value=F("value") + count):
        Counter.objects.get_or_create(name="person")
        Counter.objects.filter(name="person").update(value=F("value") + count)
    return Counter.objects.get(name="person").value - count + 1
