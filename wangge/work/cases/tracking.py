"""A case as its reporter sees it: by code, or as the account that reported it. No names of staff, no place of others."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects

from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.labels import Pair
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.work.cases import presenting, ratings, states, telling_photos, words
from wangge.work.cases.models import Case, Rating, Step
from wangge.work.cases.records import MyReport, PublicStep, TrackRecord
from wangge.work.cases.standing import moment, reopen_until, standing_of

# What the reporter is told of; the rest is the house's own work.
TOLD = ("report", "accept", "reject", "file", "dispatch", "feed_back", "rework", "allow_shelve", "resume", "close", "reopen", "merge", "void")  # fmt: skip
WITH_REASON = ("reject", "void")


def track(code: str) -> TrackRecord:
    """The case of a tracking code. ``NotFound`` for every code that leads nowhere, whatever is wrong with it."""
    reported = ratings.as_reported(by=actors.PUBLIC, tracking=code)
    return _records([ratings.going_on(reported)], [reported])[0]


def track_photo(code: str, photo: str) -> bytes:
    """A photo (JPEG) that the holder of a code may see; ``NotFound`` for every other, and for every code that leads nowhere."""
    reported = ratings.as_reported(by=actors.PUBLIC, tracking=code)
    return telling_photos.photo(reported, ratings.going_on(reported), photo)


def my_photo(actor: Actor, uid: str, photo: str) -> bytes:
    """The same of what the signed-in account reported."""
    policy.require(actor, "access.me")
    reported = ratings.as_reported(by=actor, tracking="", case=uid)
    return telling_photos.photo(reported, reported, photo)


def my_reports(actor: Actor, *, limit: int = 50) -> list[MyReport]:
    """What the signed-in account reported, newest first; the same few queries however many there are."""
    policy.require(actor, "access.me")
    rows = Case.objects.filter(reporter=actor.id).select_related("of_class").order_by("-reported_at", "-id")
    found = list(rows[: max(min(limit, 200), 0)])
    return [
        MyReport(**told.model_dump(), uid=str(row.uid), address=row.address, description=row.description)
        for row, told in zip(found, _records(found, found), strict=True)
    ]


def _records(rows: Sequence[Case], reported: Sequence[Case]) -> list[TrackRecord]:
    """Of each case as it goes on, with what its reporter sent: the same case, or one that was merged into it."""
    told = Prefetch("steps", Step.objects.filter(verb__in=TOLD).order_by("n"))
    prefetch_related_objects(rows, told, Prefetch("ratings", Rating.objects.order_by("round")))
    prefetch_related_objects([*rows, *reported], "attachments")
    departments = access.department_names(actors.PUBLIC)
    with city.read_once():
        return [_record(row, sent, departments) for row, sent in zip(rows, reported, strict=True)]


def _record(row: Case, sent: Case, departments: dict[str, Pair]) -> TrackRecord:
    """Of a case with the steps that are told and its ratings at hand."""
    zh, en = words.both("states", row.state)
    stands = standing_of(row, moment())
    return TrackRecord(
        number=row.number, class_zh=row.of_class.name_zh if row.of_class else "",
        class_en=(row.of_class.name_en or row.of_class.name_zh) if row.of_class else "", state=row.state, state_zh=zh,
        state_en=en, reported_at=row.reported_at, closed_at=row.closed_at, due_at=row.due_at if row.state in states.OPEN else None,
        may_rate=states.find(row.state, "rate", stands) is not None,
        may_reopen=states.find(row.state, "reopen", stands) is not None, reopen_until=reopen_until(row),
        ratings=presenting.ratings(row.ratings.all()), steps=[_step(one, departments) for one in row.steps.all()],
        photos=telling_photos.photos(sent, row),
    )  # fmt: skip


def _step(row: Step, departments: dict[str, Pair]) -> PublicStep:
    zh, en = words.both("verbs", row.verb)
    by_zh, by_en = words.both("posts", row.post.split(":", 1)[0])
    by_zh, by_en = departments.get(row.department or row.post.partition(":")[2], (by_zh, by_en))
    note = row.note if row.verb in WITH_REASON else ""
    return PublicStep(verb=row.verb, zh=zh, en=en, at=row.at, by_zh=by_zh, by_en=by_en, note=note)
