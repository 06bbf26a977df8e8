"""The workers' phones: what each sends goes through its outbox, now and then late, twice, or in another order."""

from __future__ import annotations

import random
from datetime import datetime

from wangge.entry.field import outbox
from wangge.entry.field.records import Body, EnvelopeIn, SettleBody
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import new_uid

TWICE, SHUFFLED = 0.1, 0.2
"""How often a phone sends all again because it heard no answer, and how often envelopes overtake each other."""


class Phone:
    """One worker's phone: a sequence of its own, and an outbox that is sent when there is a network."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._seq = chance, 0
        self._waiting: list[EnvelopeIn] = []

    def put(self, body: Body, at: datetime) -> None:
        """Keep something to be sent."""
        self._seq += 1
        self._waiting.append(EnvelopeIn(uid=new_uid(), seq=self._seq, at=at, body=body))

    def send(self, actor: Actor) -> list[tuple[SettleBody, str]]:
        """Send what waits; returns what was settled with what the server made of it."""
        sent, self._waiting = self._waiting, []
        if not sent:
            return []
        if self._chance.random() < SHUFFLED:
            self._chance.shuffle(sent)
        receipts = outbox.receive(actor, sent)
        if self._chance.random() < TWICE:
            outbox.receive(actor, sent)
        pairs = zip(sent, receipts, strict=True)
        return [(one.body, receipt.state) for one, receipt in pairs if isinstance(one.body, SettleBody)]
