"""One page an app, for every address below its name: which page of the app it is, the app itself decides."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from wangge.entry.screens import built


@require_safe
@ensure_csrf_cookie
def app(request: HttpRequest, name: str, rest: str = "") -> HttpResponse:
    """The app's page; never kept, since it names the files of the newest build."""
    try:
        answer = HttpResponse(built.page(name))
    except built.NotBuilt as why:
        return HttpResponse(str(why), status=503, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The phone's service worker, at the phone's own address: a worker may only look after what lies below its own."""
    try:
        answer = HttpResponse(built.worker(), content_type="text/javascript; charset=utf-8")
    except built.NotBuilt as why:
        return HttpResponse(str(why), status=503, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"  # a kept worker would keep an old phone alive
    return answer
