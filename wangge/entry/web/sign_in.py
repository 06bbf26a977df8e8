"""How allauth's sign-in fits this house: accounts are made by an administrator or by a resident's registration."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from wangge.entry.web import limits
from wangge.platform.clock import clock

PREFIX = "_allauth/browser/v1/"
SHUT = (
    "account/email",
    "account/phone",
    "auth/code/confirm",
    "auth/email/verify",
    "auth/email/verify/resend",
    "auth/password/request",
    "auth/password/reset",
    "auth/phone/verify",
    "auth/phone/verify/resend",
)
"""Addresses of allauth's for accounts that have a mail address or a number. Ours have neither: open, these end in an error of the
server for whoever asks, and keep an address that nobody looks after.
"""


def shut(request: HttpRequest) -> HttpResponse:
    """There is no such thing here."""
    raise Http404


LARGEST, MOST_PARTS = 10_000, 100
"""Of a body to the accounts: bytes, and brackets in it. A name, a password and a code are a few hundred bytes."""


def small_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: allauth reads whatever it is sent; longer names than SQLite compares, or deeper lists than Python reads, are errors."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/_allauth/"):
            body = request.body
            if len(body) > LARGEST or body.count(b"[") + body.count(b"{") > MOST_PARTS:
                said = {"message": _("What was sent can't be understood."), "code": "unreadable"}
                return JsonResponse({"status": 400, "errors": [said]}, status=400)
        return get_response(request)

    return answer


class AccountAdapter(DefaultAccountAdapter):
    """Residents may register; an account alone shows nothing until it is bound to a person."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may register: the account holds no grant."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which wrong passwords are counted: behind our own proxies not theirs, else one visitor shuts everybody out."""
        return limits.address_of(request)

    def new_user(self, request: HttpRequest) -> AbstractBaseUser:
        """A fresh account, dated by the domain clock."""
        return get_user_model()(created_at=clock.now())
