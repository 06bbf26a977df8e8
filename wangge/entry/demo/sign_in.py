"""One click signs in: in the demo only. Outside it the address isn't mounted, and the view refuses all the same."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wangge.entry.demo import accounts
from wangge.entry.demo.serving import is_this_machine

PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""What proxies write down of a request that they pass on."""


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's accounts, with its own password, and go on to what the step shows."""
    if not settings.DEMO or not comes_from_here(request):
        raise Http404
    chosen = next(
        (one for one in accounts.read(settings.WANGGE_HOME) if one.username == request.POST.get("as")), None
    )
    user = authenticate(request, username=chosen.username, password=chosen.password) if chosen else None
    if user is None:
        raise Http404
    login(request, user)
    onward = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return HttpResponseRedirect(onward if safe else "/")


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a request began on this machine, whatever serves this process.

    Behind a proxy that stands here every request has this machine's address; what it passed on it tells by its headers.
    """
    return is_this_machine(request.META.get("REMOTE_ADDR", "")) and not any(
        name in request.headers for name in PASSED_ON
    )
