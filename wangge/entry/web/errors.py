"""One shape for everything that goes wrong, in the user's language."""

from __future__ import annotations

from django.core.exceptions import ValidationError as NoSuchValue
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

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        faults = [
            Fault(**{k: str(v) for k, v in one.items() if k in Fault.model_fields}) for one in error.problems
        ]
        body = Problem(
            code=error.code, message=error.message, advice=error.advice, faults=faults, total=len(faults)
        )
        return api.create_response(request, body, status=error.status)

    @api.exception_handler(KeyReused)
    def reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
        body = Problem(
            code="key_reused",
            message=_("This Idempotency-Key was used before with another body."),
            advice=_("Use a new key for a new act."),
        )
        return api.create_response(request, body, status=422)

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [
            Fault(where=".".join(str(p) for p in e["loc"]), message=invalid.said_of(e)) for e in error.errors
        ]
        body = Problem(
            code="invalid", message=_("What was sent can't be understood."), faults=faults, total=len(faults)
        )
        return api.create_response(request, body, status=422)

    @api.exception_handler(HttpError)
    def not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
        body = Problem(code="unreadable", message=_("What was sent can't be understood."))
        return api.create_response(request, body, status=error.status_code)

    @api.exception_handler(UnknownElement)
    def no_element(request: HttpRequest, error: UnknownElement) -> HttpResponse:
        said = str(error.args[0] if error.args else "")[:80]
        body = Problem(
            code="unknown_element", message=_("%(element)s is no registered element.") % {"element": said}
        )
        return api.create_response(request, body, status=422)

    @api.exception_handler(OverflowError)
    def out_of_range(request: HttpRequest, error: OverflowError) -> HttpResponse:
        body = Problem(code="out_of_range", message=_("A number or a day lies outside what can be kept."))
        return api.create_response(request, body, status=422)

    @api.exception_handler(NoSuchValue)
    def names_nothing(request: HttpRequest, error: NoSuchValue) -> HttpResponse:
        body = Problem(code="no_such_thing", message=_("There is no such thing."))
        return api.create_response(request, body, status=404)

    @api.exception_handler(TableError)
    def bad_file(request: HttpRequest, error: TableError) -> HttpResponse:
        faults = [
            Fault(
                where=f"{e.file} {e.sheet or ''} {e.row or ''} {e.column or ''}".strip(),
                message=translated(e.sentence()),
                expected=translated(e.expected),
                advice=translated(e.advice),
            )
            for e in error.errors
        ]
        message = "\n".join(map(translated, error.sentences()))
        body = Problem(code="bad_file", message=message, faults=faults, total=error.total)
        return api.create_response(request, body, status=422)
