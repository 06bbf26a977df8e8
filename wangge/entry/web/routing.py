"""``GuardedRouter``: a route can't be written without its permission, and every write can be sent twice.

Each operation names one permission of ``access.policy``. The actor is made once a request and handed to the view as
``request.actor``. What a session does must come from a page of our own (``X-CSRFToken``). A write that carries
``Idempotency-Key`` runs in one transaction with its receipt: sent again with the same body it gets the first answer, with another
body 422. Whoever isn't signed in shows a secret of their browser with the key (``X-Visitor``): nobody else's key leads to their
answer. Routes that take long (a department's file) are idempotent by nature instead (``once="nature"``): a write transaction is
never held while a file is read. ``limit`` and ``misses`` name what is counted of whoever holds no post (``limits``).
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from ninja.utils import check_csrf
from pydantic import BaseModel, Field

from wangge.entry.web import limits
from wangge.entry.web.errors import Problem
from wangge.platform.access import actors, policy
from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.audit import receipts
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.via import coming_by

PROBLEMS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
View = Callable[..., Any]
Once = Literal["receipt", "nature"]
Place = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""Where a page of a list begins, and how long it may be."""
LONGEST_QUERY = 16_000
"""Bytes of what stands behind an address: 1700 Chinese characters, or 600 codes. SQLite compares no text of more than 50,000."""
KEY_LENGTH = 80
SECRET_LENGTH = 20
"""Characters that a visitor's secret has at least: 80 bits of even the plainest."""


class ActingRequest(HttpRequest):
    """A request whose actor is known."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who sends this request: an enrolled phone (``Authorization: Bearer …``), a signed-in user, or the public."""
    header = request.headers.get("Authorization", "")
    if is_a_phone(request):
        return actors.of_device_token(header.removeprefix("Bearer ").strip()) or actors.PUBLIC
    actor = actors.of_signed_in(request.user)
    # A browser sends the session along whoever's page made it ask; only our own pages know the token. Phones send no session.
    if actor != actors.PUBLIC and check_csrf(request) is not None:
        raise Forbidden(
            "not_our_page",
            _("This act didn't come from a page of this site."),
            advice=_("Load the page again and repeat it there."),
        )
    return actor


def is_a_phone(request: HttpRequest) -> bool:
    """Whether the request shows a phone's token instead of a session."""
    return request.headers.get("Authorization", "").startswith("Bearer ")


def came_by(request: HttpRequest) -> str:
    """The app from which a request comes, as its page says; a phone shows its token."""
    if is_a_phone(request):
        return "phone"
    app = urlsplit(request.headers.get("Referer", "")).path.split("/")[1:2]
    return app[0] if app and app[0] in ("console", "phone", "portal") else "api"


class GuardedRouter(Router):
    """A router whose every operation names its permission: ``@router.get("/cases", permission="cases.see", response=…)``."""

    def get(self, path: str, *, permission: str, response: Any, **options: Any) -> Callable[[View], View]:  # type: ignore[override]  # noqa: ANN401
        """A read."""
        return self._guarded("GET", path, permission, response, "nature", options)

    def post(  # type: ignore[override]
        self,
        path: str,
        *,
        permission: str,
        response: Any,
        once: Once = "receipt",
        **options: Any,  # noqa: ANN401
    ) -> Callable[[View], View]:
        """A write."""
        return self._guarded("POST", path, permission, response, once, options)

    def put(self, path: str, *, permission: str, response: Any, **options: Any) -> Callable[[View], View]:  # type: ignore[override]  # noqa: ANN401
        """A replacement."""
        return self._guarded("PUT", path, permission, response, "receipt", options)

    def delete(self, path: str, *, permission: str, response: Any, **options: Any) -> Callable[[View], View]:  # type: ignore[override]  # noqa: ANN401
        """A removal."""
        return self._guarded("DELETE", path, permission, response, "receipt", options)

    def _guarded(
        self,
        method: str,
        path: str,
        permission: str,
        response: Any,
        once: Once,
        options: dict[str, Any],  # noqa: ANN401
    ) -> Callable[[View], View]:
        if permission not in policy.PERMISSIONS:
            raise KeyError(f"{path}: {permission!r} isn't in access/policy.py")
        answers = response if isinstance(response, dict) else {200: response}
        counted = _Counted(options.pop("limit", ""), options.pop("misses", ""))
        if any(counted):
            answers = {**answers, 429: Problem}

        def register(view: View) -> View:
            guarded = _guard(view, permission, once, counted)
            return self.api_operation([method], path, response={**PROBLEMS, **answers}, **options)(guarded)

        return register


class _Counted(NamedTuple):
    """What is counted of whoever holds no post: every act under ``limit``, those that find nothing under ``misses``."""

    limit: str
    misses: str


def _guard(view: View, permission: str, once: Once, counted: _Counted) -> View:
    @functools.wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise Invalid("unreadable", _("What was sent can't be understood."))
        request.actor = actor_of(request)
        policy.require(request.actor, permission)
        if counted.limit:
            limits.count(request, request.actor, counted.limit)
        act = functools.partial(view, request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key", "")
        if key and once != "nature":
            act = functools.partial(_only_once, request, key, act)
        with coming_by(came_by(request)):
            return (
                limits.counting_misses(request, request.actor, counted.misses, act)
                if counted.misses
                else act()
            )

    guarded.permission = permission  # type: ignore[attr-defined]
    # The view's annotations are words in its own module; resolved here, the API can read them.
    guarded.__signature__ = _bounded(inspect.signature(view, eval_str=True))  # type: ignore[attr-defined]
    return guarded


def _bounded(signature: inspect.Signature) -> inspect.Signature:
    """The signature with the bounds of a list's page: what no list could answer is refused before it is asked."""
    said = [
        one.replace(annotation=Place) if name in ("limit", "offset") else one
        for name, one in signature.parameters.items()
    ]
    return signature.replace(parameters=said)


def _only_once(request: ActingRequest, key: str, act: Callable[[], Any]) -> HttpResponse:
    """Run the act and keep its answer in one transaction, or give the answer that was kept."""
    if len(key) > KEY_LENGTH:
        raise Invalid(
            "bad_key", _("An Idempotency-Key has at most %(most)s characters.") % {"most": KEY_LENGTH}
        )
    print_ = receipts.fingerprint(
        str(request.method).encode(), request.get_full_path().encode(), *_body_of(request)
    )
    owner = _owner_of_keys(request)
    with transaction.atomic():
        receipts.alone(owner, key)
        kept = receipts.find(owner, key, print_)
        if kept is None:
            kept = _rendered(act())
            receipts.keep(owner, key, print_, kept)
    return HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")


def _owner_of_keys(request: ActingRequest) -> Actor:
    """Whose keys these are. All visitors are one actor: each browser's own secret tells them apart, and only its digest is kept."""
    if request.actor.kind != "public":
        return request.actor
    secret = request.headers.get("X-Visitor", "")
    if len(secret) < SECRET_LENGTH:
        raise Invalid(
            "no_visitor",
            _("Without an account an Idempotency-Key needs a secret of the browser beside it."),
            advice=_("Send a random X-Visitor of at least %(least)s characters, the same each time.")
            % {"least": SECRET_LENGTH},
        )
    return Actor(f"{actors.PUBLIC.id}{hashlib.sha256(secret.encode()).hexdigest()}", "public")


def _body_of(request: HttpRequest) -> list[bytes]:
    """What was sent; files by their content, since a multipart boundary differs each time."""
    if request.content_type != "multipart/form-data":
        return [request.body]
    said = [
        f"{name}={value}".encode() for name in sorted(request.POST) for value in request.POST.getlist(name)
    ]
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            said += [name.encode(), *file.chunks()]
            file.seek(0)
    return said


def _rendered(result: Any) -> receipts.Answer:  # noqa: ANN401
    """The answer of a view (a record, a list of records, or ``Status``) as bytes."""
    status, value = (result.status_code, result.value) if isinstance(result, Status) else (200, result)
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    if isinstance(plain, list):
        plain = [one.model_dump(mode="json") if isinstance(one, BaseModel) else one for one in plain]
    return receipts.Answer(status, json.dumps(plain, ensure_ascii=False).encode())
