"""Questions of residents about looks at their data, over HTTP: the list of whoever must answer, and the answer."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from ninja import Query, Schema

from wangge.entry.web.answers import Done
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.work.residents import actions, queries
from wangge.work.residents.questions import Wanted
from wangge.work.residents.records import QuestionCounts, QuestionPage

router = GuardedRouter(tags=["questions"])


class Answering(Schema):
    """What was found, and the words that the person reads."""

    finding: Literal["needed", "mistake", "improper"]
    answer: str


@router.get("/", permission="residents.answer", response=QuestionPage)
def questions(
    request: ActingRequest, wanted: Query[Wanted], limit: int = 50, offset: int = 0
) -> QuestionPage:
    """Questions that one's posts reach, what waits first by its deadline."""
    return queries.questions(request.actor, wanted, limit=limit, offset=offset)


@router.get("/counts", permission="residents.answer", response=QuestionCounts)
def counts(request: ActingRequest) -> QuestionCounts:
    """How many wait, how many of these are late, how many were answered."""
    return queries.question_counts(request.actor)


@router.get("/questions.xlsx", permission="residents.answer", response={200: None})
def workbook(request: ActingRequest, wanted: Query[Wanted]) -> HttpResponse:
    """The filtered list; recorded."""
    return xlsx("疑问答复.xlsx", queries.export_questions(request.actor, wanted))


@router.post("/{uid}/answer", permission="residents.answer", response=Done)
def answer(request: ActingRequest, uid: str, body: Answering) -> Done:
    """Answer a question. Who looked doesn't."""
    actions.answer_question(question=uid, finding=body.finding, answer=body.answer, by=request.actor)
    return Done()
