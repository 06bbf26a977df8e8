"""One shape for everything that goes wrong, in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

import structlog
from django.core.exceptions import ValidationError as NoSuchValue
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from wangge.cores.tables.errors import TableError
from wangge.entry.web import invalid
from wangge.platform.access.errors import Refusal
from wangge.platform.access.saying import translated
from wangge.platform.audit.receipts import KeyReused
from wangge.platform.elements.registry import UnknownElement

log = structlog.get_logger()
MOST_FAULTS = 100
"""Faults of a body that are told; nobody reads more, and an answer mustn't be fifty times what was sent."""
Status = int | Callable[[Any], int]


class Fault(BaseModel):
    """One fault: where, what, and what was expected."""

    where: str = ""
    message: str
    expected: str = ""
    advice: str = ""


class Problem(BaseModel):
    """What went wrong and what to do next; ``code`` is stable, the rest is for people."""

    code: str
    message: str
    advice: str = ""
    faults: list[Fault] = []
    total: int = 0


def install(api: NinjaAPI) -> None:
    """Teach the API to answer refusals, bad input and bad files in this shape."""
    for kind, (problem_of, status) in ANSWERS.items():
        api.add_exception_handler(kind, partial(_answer, api, problem_of, status))


def _answer(
    api: NinjaAPI,
    problem_of: Callable[[Any], Problem],
    status: Status,
    request: HttpRequest,
    error: Exception,
) -> HttpResponse:
    answer = api.create_response(
        request, problem_of(error), status=status(error) if callable(status) else status
    )
    if wait := getattr(error, "retry_after", 0):
        answer.headers["Retry-After"] = str(wait)
    return answer


def _refused(error: Refusal) -> Problem:
    faults = [
        Fault(**{k: str(v) for k, v in one.items() if k in Fault.model_fields}) for one in error.problems
    ]
    return Problem(
        code=error.code, message=error.message, advice=error.advice, faults=faults, total=len(faults)
    )


def _reused(error: KeyReused) -> Problem:
    return Problem(
        code="key_reused",
        message=_("This Idempotency-Key was used before with another body."),
        advice=_("Use a new key for a new act."),
    )


def _not_understood(error: ValidationError) -> Problem:
    faults = [
        Fault(where=".".join(str(p) for p in e["loc"]), message=invalid.said_of(e))
        for e in error.errors[:MOST_FAULTS]
    ]
    return Problem(
        code="invalid",
        message=_("What was sent can't be understood."),
        faults=faults,
        total=len(error.errors),
    )


def _not_read(error: HttpError) -> Problem:
    return Problem(code="unreadable", message=_("What was sent can't be understood."))


def _no_element(error: UnknownElement) -> Problem:
    said = str(error.args[0] if error.args else "")[:80]
    return Problem(
        code="unknown_element", message=_("%(element)s is no registered element.") % {"element": said}
    )


def _out_of_range(error: OverflowError) -> Problem:
    return Problem(code="out_of_range", message=_("A number or a day lies outside what can be kept."))


def _names_nothing(error: NoSuchValue) -> Problem:
    return Problem(code="no_such_thing", message=_("There is no such thing."))


def _bad_file(error: TableError) -> Problem:
    faults = [
        Fault(
            where=translated(e.place()),
            message=translated(e.sentence()),
            expected=translated(e.expected),
            advice=translated(e.advice),
        )
        for e in error.errors
    ]
    message = "\n".join(map(translated, error.sentences()))
    return Problem(code="bad_file", message=message, faults=faults, total=error.total)


def _other_was_first(error: IntegrityError) -> Problem:
    """Two at a time, mostly; if it is a fault of ours, the log has it."""
    log.error("what was to be written doesn't go with what is there", exc_info=error)
    return Problem(
        code="other_was_first",
        message=_("Somebody else did the same, or something that doesn't go with it, just now."),
        advice=_("Load it again to see how it stands. Nothing was changed."),
    )


def _busy(error: OperationalError) -> Problem:
    """Each waited for the other, the file was locked too long, the disk is full: the log says which."""
    log.error("the database didn't take what was to be written", exc_info=error)
    return Problem(
        code="busy",
        message=_("The database can't take this at the moment. Nothing was changed."),
        advice=_("Try again."),
    )


ANSWERS: dict[type[Exception], tuple[Callable[[Any], Problem], Status]] = {
    Refusal: (_refused, attrgetter("status")),
    KeyReused: (_reused, 422),
    ValidationError: (_not_understood, 422),
    HttpError: (_not_read, attrgetter("status_code")),
    UnknownElement: (_no_element, 422),
    OverflowError: (_out_of_range, 422),
    NoSuchValue: (_names_nothing, 404),
    TableError: (_bad_file, 422),
    IntegrityError: (_other_was_first, 409),
    OperationalError: (_busy, 503),
}
"""Each kind of error with what is said of it and the status of the answer."""
