"""The days on which departments deliver, and what follows: linking, facts, offers, to-dos, a clerk's confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from wangge.entry.demo.load import feeds, office
from wangge.entry.demo.play import noting
from wangge.entry.demo.play.ledger import DeliveryEntry, Ledger
from wangge.entry.demo.play.office import Office
from wangge.entry.jobs import worker
from wangge.work.hub import queries as hub
from wangge.work.services import actions as services
from wangge.work.services import queries as offers

CONFIRMED_AT_ONCE, CONFIRMED = 20, 0.5
"""A clerk confirms half of what waits, a screenful at a time: the other half is there when the demo opens."""


def calendar(
    found: Sequence[feeds.FeedFile], rows: dict[str, int]
) -> dict[date, list[tuple[str, Path, int]]]:
    """On which day which feed sends which file: the day after the one it speaks of. With the manifest's count of rows."""
    days: dict[date, list[tuple[str, Path, int]]] = {}
    for one in found:
        for path, as_of in one.deliveries:
            days.setdefault(as_of + timedelta(days=1), []).append(
                (one.feed, path, rows[f"{one.feed}/{path.name}"])
            )
    return days


def deliver(feed: str, path: Path, rows: int, people: Office, ledger: Ledger) -> None:
    """A department's clerk delivers a file; the job worker does the rest."""
    receipt = feeds.deliver(feed, path, people.at("department_clerk", feed))
    after = hub.receipt(people.of("data_officer"), receipt.uid)
    ledger.deliveries[receipt.uid] = DeliveryEntry(
        feed, rows, len(receipt.refused_columns), after.unsure_pairs, after.new_persons
    )
    noting.after_jobs(people, ledger)


def add_programmes(town: Path, people: Office, ledger: Ledger) -> list[str]:
    """The data officer adds the programmes; everybody is screened, and what is due goes out."""
    codes = office.load_programmes(town, people.of("data_officer"))
    worker.drain()
    ledger.figures["programmes"] = len(codes)
    return codes


def confirm(codes: Sequence[str], people: Office, ledger: Ledger) -> None:
    """Clerks confirm a part of what is granted without application; who was told may decline for some days."""
    officer = people.of("data_officer")
    for one in offers.counts(officer):
        waiting = one.states.get("to_confirm", 0)
        clerk = people.at("department_clerk", programme_department(one.programme, people))
        for _ in range(0, round(waiting * CONFIRMED), CONFIRMED_AT_ONCE):
            page = offers.to_confirm(clerk, one.programme, limit=CONFIRMED_AT_ONCE)
            services.confirm(entitlements=[entry.uid for entry in page.items], by=clerk)
            ledger.count("confirmed", len(page.items))
    worker.drain()
    noting.after_jobs(people, ledger)


def programme_department(code: str, people: Office) -> str:
    """The department that a programme belongs to."""
    found = {one.code: one.department for one in offers.programmes(people.of("data_officer"))}
    return found[code]
