"""One click signs in: in the demo only. Outside it the address isn't mounted, and the view refuses all the same."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wangge.entry.demo import accounts
from wangge.entry.demo.serving import is_this_machine


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's accounts, with its own password, and go on to what the step shows."""
    # Whatever serves this process: the demo's door opens on this machine only.
    if not settings.DEMO or not is_this_machine(request.META.get("REMOTE_ADDR", "")):
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
