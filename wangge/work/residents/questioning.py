"""A person asks about one look at their data, and somebody other than who looked answers in words, within the city's time."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import queries as registry
from wangge.platform.access import policy
from wangge.platform.access.errors import Conflict, Invalid, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import queries as audit
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.records import LookRecord
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.work.residents import deadlines, words
from wangge.work.residents.looks import OWN
from wangge.work.residents.models import Question
from wangge.work.residents.permitting import bound

ANSWER = "residents.answer"
LONGEST = {"about": 200, "answer": 500}
MOST_OPEN = 20
"""Questions of one person that wait at the same time: more would hide each other."""


@transaction.atomic
def ask_about_look(*, look: str, about: str, by: Actor) -> str:
    """Ask about a look at one's own data; returns the question's uid. While one about it waits, that one.

    It goes to the department under whose post somebody looked, else (a grid worker, the system) to the data office; asked
    again after an answer, to the data office. Raises ``NotFound`` for a look that isn't theirs, ``Invalid``, ``Conflict``.
    """
    person, said = bound(by), _short(about, "about")
    seen = _look_of(person, look, by)
    earlier = list(Question.objects.filter(look=seen.number))
    waiting = next((one for one in earlier if one.state == "open"), None)
    if waiting is not None:
        return str(waiting.uid)
    if Question.objects.filter(person__in=registry.all_ids(person), state="open").count() >= MOST_OPEN:
        raise Conflict(
            "too_many_questions", _("Too many of your questions wait for an answer."),
            advice=_("Wait for the answers, or ring 12345."),
        )  # fmt: skip
    place = registry.place_of_person(person)
    limit, at = str(city.value("question_limit")), clock.now().replace(microsecond=0)
    row = Question.objects.create(
        number=_number(), person=person, look=seen.number, department="" if earlier else _department_of(seen),
        place_id=areas.place_key(place) if place else None, about=said or None, asked_at=at, limit=limit,
        due_at=deadlines.due(at, limit),
    )  # fmt: skip
    _record(by, "ask_about_look", row)
    return str(row.uid)


@transaction.atomic
def answer_question(*, question: str, finding: str, answer: str, by: Actor) -> None:
    """Answer a question, in words that the person reads. ``finding``: needed, mistake or improper.

    Raises ``Conflict`` for whoever looked and for a question that was answered, ``NotFound`` outside one's posts, ``Invalid``.
    """
    said = _short(answer, "answer")
    if finding not in words.codes("findings") or not said:
        raise Invalid(
            "no_answer", _("Say what was found, and explain it in words."), advice=_("The person reads them.")
        )
    rows = Question.objects.select_for_update(of=("self",)).annotate(area=area_code("place"))
    rows = scope(by, ANSWER).rows(rows, area="area", department="department")
    row = rows.filter(uid=question).first() if is_uid(question) else None
    if row is None:
        raise NotFound("no_such_question", _("There is no such question."))
    if row.state != "open":
        raise Conflict("answered_already", _("This question was answered already."))
    seen = audit.looks(by, [row.look]).get(row.look)
    if seen is not None and seen.actor == by.id:
        raise Conflict(
            "own_look",
            _("Who looked doesn't answer for it."),
            advice=_("A colleague or the data office answers."),
        )
    row.state, row.finding, row.answer = "answered", finding, said
    row.answered_at, row.answered_by, row.answered_as = clock.now(), by.id, policy.post_of(by, ANSWER)
    row.save(update_fields=["state", "finding", "answer", "answered_at", "answered_by", "answered_as"])
    _record(by, "answer_question", row, finding=finding, late=row.answered_at > row.due_at)


def _look_of(person: str, look: str, by: Actor) -> LookRecord:
    number = int(look) if look.isascii() and look.isdigit() and len(look) < 19 else -1
    seen = audit.looks(by, [number]).get(number)
    if seen is None or seen.subject not in registry.all_ids(person):
        raise NotFound("no_such_look", _("There is no such look at your data."))
    if seen.purpose == OWN:
        raise Invalid("own_look", _("This look was your own."))
    return seen


def _department_of(look: LookRecord) -> str:
    """``department_clerk:civil_affairs`` → civil_affairs."""
    return look.post.partition(":")[2] if not look.post.startswith("system:") else ""


def _number() -> str:
    """``Q2026-0731-03``: writers come one after the other, so that the count is right."""
    day = f"Q{clock.today():%Y-%m%d}-"
    return f"{day}{Question.objects.filter(number__startswith=day).count() + 1:02d}"


def _short(text: str, name: str) -> str:
    said = " ".join(text.split())
    if len(said) > LONGEST[name]:
        raise Invalid("too_long", _("At most %(most)d characters.") % {"most": LONGEST[name]})
    return said


def _record(by: Actor, verb: str, row: Question, **more: str | bool) -> None:
    trail.record(
        by=by, verb=f"residents.{verb}", object_kind="question", object_id=str(row.uid),
        details={"number": row.number, "look": row.look, "department": row.department, "subjects": [row.person], **more},
    )  # fmt: skip
